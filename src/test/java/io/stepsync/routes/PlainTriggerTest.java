package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import io.stepsync.api.Stepsync;
import io.stepsync.main.Standalone;
import io.stepsync.run.Run;
import io.stepsync.store.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stream whose trigger is a route as any other is all that one of the template is. */
class PlainTriggerTest {

  private static final String EACH_SECOND = "* * * * * ?";

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void openWorkspace() throws Exception {
    workspace = Observed.workspace(directory);
    api.records(1, 3, id -> RangeApi.user(id, "n"));
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  private String yaml(String more, String cron) {
    return Workspace.plainTrigger("user", Workspace.userSettings(api.url(), more), cron);
  }

  private void write(String more, String cron) throws Exception {
    workspace.write("routes/streams/user.camel.yaml", yaml(more, cron));
  }

  @Test
  void the_verbs_run_it_and_know_when_it_runs_next() throws Exception {
    write("", "0 30 4 1 1 ? 2099");

    assertThat(new Standalone(directory).schedules()).containsEntry("user", "0 30 4 1 1 ? 2099");
    Run run = workspace.sync("user");
    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(StepsyncProcess.run(directory, "validate").exitCode()).isZero();
    assertThat(StepsyncProcess.run(directory, "status", "user").output())
        .containsPattern("in \\d+ d");
  }

  @Test
  void its_schedule_fires_it_in_all_lanes_and_a_pause_passes_it_over() throws Exception {
    write("lanes: 3\nmaxId: 90\nstepSize: 10", EACH_SECOND);
    api.records(1, 90, id -> RangeApi.user(id, "n"));

    try (LiveStepsync stepsync = new LiveStepsync(directory)) {
      stepsync.awaitRows("user", 90);
      Stepsync.in(stepsync.context()).pause("user");
      stepsync.awaitLog("user: paused, its trigger is passed over");
    }
  }

  @Test
  void an_edit_of_its_file_is_taken_over() throws Exception {
    write("", Workspace.NEVER);

    try (LiveStepsync stepsync = new LiveStepsync(directory)) {
      workspace.edit("user", Workspace.NEVER, EACH_SECOND);
      stepsync.awaitLog("taken over");
      stepsync.awaitRows("user", 3);
      assertThat(stepsync.context().getRoute("user-sync").getEndpoint().getEndpointUri())
          .startsWith("quartz://stepsync/user/0");
    }
  }

  @Test
  void one_that_never_fires_again_leaves_the_others_running() throws Exception {
    write("", "0 0 2 30 2 ?");
    workspace.stream(
        "other",
        "url: " + api.url() + "\ntable: other\nprimaryKey: id\ncolumns: 'id: LONG'",
        EACH_SECOND);

    try (LiveStepsync stepsync = new LiveStepsync(directory)) {
      stepsync.awaitRows("other", 3);
      assertThat(stepsync.log("user: it is not run")).hasSize(1);
    }
  }

  @Test
  void it_is_the_same_in_xml() throws Exception {
    workspace.write(
        "routes/streams/user.camel.xml",
        Files.readString(Path.of("src/test/plain/user.camel.xml"))
            .replace("http://127.0.0.1:5001/incremental/step", api.url())
            .replace("0/30", "*"));

    assertThat(new Standalone(directory).schedules()).containsEntry("user", EACH_SECOND);
    try (LiveStepsync stepsync = new LiveStepsync(directory)) {
      stepsync.awaitRows("user", 3);
    }
    workspace.write(
        "routes/streams/user.camel.xml",
        Files.readString(directory.resolve("routes/streams/user.camel.xml"))
            .replace("&amp;stateful=true", ""));
    assertThatThrownBy(() -> new Standalone(directory))
        .isInstanceOf(SettingException.class)
        .hasMessageEndingWith(
            "user.camel.xml:11: stream user: stateful of quartz must be true, was not set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "constant: user | constant: usr | user.camel.yaml:12: the route of stream usr must be from quartz:stepsync/usr/0, was quartz:stepsync/user/0",
        "stepsync/user/0 | user | user.camel.yaml:12: the route of stream user must be from quartz:stepsync/user/0, was quartz:user",
        "name: user | name: usr | stream user: there must be a bean of type io.stepsync.Stream with this name",
        "stateful: true, | '' | user.camel.yaml:12: stream user: stateful of quartz must be true, was not set",
        "recoverableJob: true | recoverableJob: false | user.camel.yaml:12: stream user: recoverableJob of quartz must be true, was false",
        ", trigger.misfireInstruction: 1 | '' | user.camel.yaml:12: stream user: trigger.misfireInstruction of quartz must be 1, was not set",
        "stateful: true | statefull: true | trigger.misfireInstruction], was statefull; did you mean stateful?",
        "stateful: true | stateful: true, fireNow: true | user.camel.yaml:12: the parameters of a stream's quartz are [cron, recoverableJob, stateful, trigger.misfireInstruction], was fireNow",
        "0 0 0 1 1 ? 2099 | 0 0 0 1 1 * | stream user: schedule must be a Quartz cron expression, was 0 0 0 1 1 *",
        "stream, constant: user | strem, constant: user | user.camel.yaml:12: a stream's route must set the variable stream once before it goes to direct:stepsync-scheduled-run, was not set",
        "constant: user | simple: '${header.x}' | user.camel.yaml:14: the variable stream must be a constant, the name of a stream, was simple: ${header.x}",
        "constant: user | constant: '{{missing.name}}' | user.camel.yaml:14: each key must be set that is in {{missing.name}}",
        "direct:stepsync-scheduled-run | direct:stepsync-run | user.camel.yaml:12: a stream's route must go to direct:stepsync-scheduled-run, which knows pauses, refreshes and lanes, was direct:stepsync-run",
        "direct:stepsync-scheduled-run | direct:stepsync-scheduled-runs | there is no route from direct:stepsync-scheduled-runs; did you mean direct:stepsync-scheduled-run?",
      })
  void a_wrong_one_is_refused(String text, String replacement, String problem) throws Exception {
    write("", Workspace.NEVER);
    workspace.edit("user", text, replacement);

    assertThatThrownBy(() -> new Standalone(directory))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("user.camel.yaml:");
  }

  @Test
  void two_triggers_of_one_stream_are_refused() throws Exception {
    write("", Workspace.NEVER);
    workspace.write(
        "routes/streams/more.camel.yaml",
        """
        - templatedRoute:
            routeTemplateRef: step-size-sync
            routeId: user-again
            parameters:
              - { name: stream, value: user }
              - { name: schedule, value: "0 0 0 1 1 ? 2099" }
        """);

    assertThatThrownBy(() -> new Standalone(directory))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(
            "stream user: there must be one trigger for it, were two, the routes ")
        .hasMessageContaining("user-again")
        .hasMessageContaining("user.camel.yaml:");
  }
}
