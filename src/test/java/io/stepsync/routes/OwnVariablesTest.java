package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.run.Run;
import io.stepsync.steps.ExchangeVariables;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A route of an integrator's may have variables of any name, those of stepsync's too. */
class OwnVariablesTest {

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void open() throws Exception {
    workspace = Observed.workspace(directory);
    api.users(1, 1500);
  }

  @AfterEach
  void close() {
    api.close();
  }

  /** Sets each variable that stepsync's routes and steps use. */
  private static String setAll() throws IllegalAccessException {
    StringBuilder steps = new StringBuilder();
    List<String> names = new ArrayList<>(List.of("lanes", "range", "reason"));
    for (Field field : ExchangeVariables.class.getDeclaredFields()) {
      if (field.getType() == String.class) {
        field.setAccessible(true);
        names.add((String) field.get(null));
      }
    }
    assertThat(names).contains("rows", "run", "stream", "lane").hasSizeGreaterThan(15);
    names.forEach(
        name -> steps.append("- setVariable: { name: %s, constant: mine }\n".formatted(name)));
    return steps.toString();
  }

  private void mine(String steps) throws Exception {
    workspace.write(
        "routes/mine.camel.yaml",
        "- route:\n    from:\n      uri: direct:mine\n      steps:\n"
            + steps.strip().indent(8).stripTrailing());
  }

  private void assertAllWritten() throws Exception {
    Run run = workspace.sync("user");
    assertThat(run.getError()).isEmpty();
    assertThat(run.getCounters().records()).isEqualTo(1500);
    assertThat(run.getCounters().upserted()).isEqualTo(1500);
    assertThat(run.getCounters().deadLetters()).isZero();
    assertThat(workspace.query("SELECT current_id FROM stepsync_state WHERE kind = 'sync'"))
        .containsExactly("1501");
  }

  @Test
  void of_a_sink_but_for_the_run() throws Exception {
    String steps =
        setAll()
            .replace("name: run,", "name: mine,")
            .concat("- setVariable: { name: given, simple: \"${body}\" }\n");
    workspace.userStream(api.url(), "maxGap: 0\nsink: direct:mine");
    mine(steps + "- to: direct:stepsync-upsert");
    assertAllWritten();
  }

  @Test
  void the_variable_run_of_a_sink_that_goes_on_to_the_table_is_refused() throws Exception {
    workspace.userStream(api.url(), "maxGap: 0\nsink: direct:mine");
    mine("- setVariable: { name: run, constant: mine }\n- to: direct:stepsync-upsert");
    assertThat(workspace.sync("user").getError().orElseThrow())
        .isEqualTo(
            "window 1..1000: the variable run must be the one that direct:stepsync-run sets, was"
                + " java.lang.String");
    assertThat(workspace.query("SELECT COUNT(*) FROM \"user\"")).containsExactly("0");
  }

  @Test
  void of_a_sink_without_a_table() throws Exception {
    workspace.stream("user", "url: " + api.url() + "\nmaxGap: 0\nsink: direct:mine");
    mine(setAll());
    assertAllWritten();
  }

  @Test
  void of_a_transform() throws Exception {
    workspace.userStream(api.url(), "maxGap: 0\ntransform: direct:mine");
    mine(setAll());
    assertAllWritten();
  }

  @Test
  void of_a_record_sink() throws Exception {
    workspace.stream("user", "url: " + api.url() + "\nmaxGap: 0\nrecordSink: direct:mine");
    mine(setAll());
    assertAllWritten();
  }

  @Test
  void of_a_trigger_before_and_after_its_run() throws Exception {
    String trigger =
        Workspace.plainTrigger(
            "user", Workspace.userSettings(api.url(), "maxGap: 0"), "* * * * * ?");
    String stream = "- setVariable: { name: stream, constant: user }\n";
    String run = "- to: direct:stepsync-scheduled-run\n";
    workspace.write(
        "routes/streams/user.camel.yaml",
        trigger.replace(
            (stream + run).indent(8),
            (setAll().replace("- setVariable: { name: stream, constant: mine }\n", "")
                    + stream
                    + run
                    + setAll())
                .indent(8)));

    try (LiveStepsync stepsync = new LiveStepsync(directory)) {
      stepsync.awaitLog("user: caught up");
      stepsync.awaitRows("user", 1500);
      assertThat(stepsync.log("WARN")).isEmpty();
    }
    assertThat(workspace.query("SELECT DISTINCT kind, lane, status FROM stepsync_run"))
        .containsExactly("sync 0 caught_up");
  }
}
