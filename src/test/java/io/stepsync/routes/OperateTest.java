package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stepsync.cli.StepsyncCommand;
import io.stepsync.routes.StepsyncProcess.Result;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs for those who run stepsync, as they call them. */
class OperateTest {

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void openWorkspace() throws Exception {
    workspace = new Workspace(directory).userStream(api.url(), "responseLimit: 1001\nmaxGap: 0");
    api.users(1, 1500);
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  private Result stepsync(String... arguments) throws Exception {
    return StepsyncProcess.run(directory, arguments);
  }

  private JsonNode json(String... arguments) throws Exception {
    Result result = stepsync(arguments);
    assertThat(result.exitCode()).as(result.output()).isZero();
    return new ObjectMapper().readTree(result.output());
  }

  @Test
  void status_history_and_windows_are_tables_for_people_and_json_for_programs() throws Exception {
    workspace.sync("user");

    Result status = stepsync("status");
    assertThat(status.exitCode()).as(status.output()).isZero();
    assertThat(status.output().lines())
        .hasSize(2)
        .last()
        .asString()
        .contains("caught up  ", "1501");
    JsonNode run = json("history", "user", "--json").get(0);
    assertThat(run.path("records").asLong()).isEqualTo(1500);
    assertThat(run.path("status").asText()).isEqualTo("caught_up");
    JsonNode windows = json("windows", "user", "--json", "--run", run.path("run").asText());
    assertThat(windows.path("run")).isEqualTo(run);
    assertThat(windows.path("windows").get(1).path("lastId").asLong()).isEqualTo(2000);
    assertThat(stepsync("windows", "user").output().lines().skip(1))
        .hasSize(4)
        .first()
        .asString()
        .matches("first ID  last ID  records +ms  attempts");
  }

  @Test
  void the_node_of_a_cluster_that_a_run_is_on_is_told_where_there_is_one() throws Exception {
    workspace.sync("user");
    assertThat(stepsync("history").output()).contains("upserted").doesNotContain("node");

    workspace.execute("update stepsync_run set node = 'alice-5f0c2d1e', status = 'running'");

    assertThat(stepsync("history").output()).contains("upserted  node", "  alice-5f0c2d1e");
    assertThat(stepsync("status").output()).contains(" on alice-5f0c2d1e, wrote last ");
  }

  @Test
  void a_stream_in_lanes_is_shown_as_one_with_its_lanes_below() throws Exception {
    workspace.userStream(
        api.url(), "lanes: 3\nresponseLimit: 501\nstepSize: 500\nheadUrl: " + api.headUrl(1500));
    workspace.sync("user");

    assertThat(stepsync("status", "user").output().lines().skip(2))
        .hasSize(5)
        .first()
        .asString()
        .startsWith("user: 3 lanes, 2 settled, wrote last ");
    JsonNode windows = json("windows", "user", "--json");
    assertThat(windows.path("runs")).hasSize(3);
    assertThat(windows.path("windows"))
        .extracting(window -> window.path("lane").asInt())
        .containsExactly(0, 1, 2);
  }

  @Test
  void a_scheduled_refresh_that_failed_before_a_good_sync_makes_a_stream_fail_and_is_told_once()
      throws Exception {
    workspace.userStream(
        api.url(), "responseLimit: 1001\nmaxGap: 0\nrefreshSchedule: \"0 0 3 * * ?\"");
    workspace.sync("user");
    workspace.execute(
        """
        insert into stepsync_run (run, stream, lane, kind, started, ended, status, windows, records,
          upserted, unchanged, deleted, dead, bytes, error)
        select 'before', stream, lane, 'refresh', started - interval '1' hour,
          started - interval '1' hour, 'failed', 0, 0, 0, 0, 0, 0, 0, 'the API was away'
        from stepsync_run""");

    assertThat(stepsync("status").output())
        .contains("failed  ", "user: the API was away", "user: refresh failed, ")
        .containsOnlyOnce("the API was away");
  }

  @Test
  void lanes_above_the_last_record_are_no_reason_to_look_for_it_elsewhere() throws Exception {
    workspace.userStream(api.url(), "lanes: 3\nstepSize: 500\nmaxId: 9000");

    assertThat(stepsync("sync").output())
        .contains("user lane 2: caught up")
        .doesNotContain("no record from");
  }

  @Test
  void what_is_kept_of_a_stream_is_told_when_its_file_is_gone_or_any_is_wrong() throws Exception {
    workspace.sync("user");
    try (Stream<Path> files = Files.walk(directory.resolve("routes/streams"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    Files.writeString(directory.resolve("routes/streams/order.camel.yaml"), "no list");

    assertThat(stepsync("history").output()).contains("caught up", "1500");
    assertThat(stepsync("state", "list").output()).contains("user", "1501");
    assertThat(json("state", "get", "user").path("current_id").asLong()).isEqualTo(1501);
    assertThat(json("windows", "user", "--json").path("windows")).isNotEmpty();
    assertThat(stepsync("history", "typo"))
        .satisfies(result -> assertThat(result.exitCode()).isEqualTo(2))
        .satisfies(result -> assertThat(result.output()).contains("order.camel.yaml"));
  }

  @Test
  void exported_states_are_imported_and_wrong_ones_refused() throws Exception {
    workspace.sync("user");

    String exported = stepsync("state", "export").output();
    Files.writeString(directory.resolve("states.json"), "{\"user\": {\"current_id\": 42}}");
    Files.writeString(directory.resolve("fivetran.json"), "{\"current_id\": 43}");

    assertThat(exported).isEqualToIgnoringNewLines("{\"user\": {\"current_id\": 1501}}");
    assertThat(stepsync("state", "import", "states.json").output())
        .isEqualToIgnoringNewLines("user: checkpoint 42, was 1501");
    assertThat(stepsync("state", "import", "fivetran.json", "--stream", "user").output())
        .isEqualToIgnoringNewLines("user: checkpoint 43, was 42");
    Result wrong = stepsync("state", "import", "fivetran.json");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.output()).startsWith("stepsync: stream current_id: the state must be ");
    assertThat(workspace.query("select current_id from stepsync_state")).containsExactly("43");
  }

  @Test
  void a_pause_survives_a_restart_and_does_not_keep_people_from_running_the_stream()
      throws Exception {
    workspace.edit("user", Workspace.NEVER, "* * * * * ?");
    assertThat(stepsync("pause", "user").output()).isEqualToIgnoringNewLines("user: paused");

    Process process = StepsyncProcess.start(directory, "run");
    Awaitility.await()
        .until(
            () ->
                Files.readString(directory.resolve("output.txt"))
                    .contains("user: paused, its trigger is passed over"));
    process.destroy();
    process.waitFor();
    int requests = api.requests();
    Result byHand = stepsync("sync", "user");

    assertThat(requests).isZero();
    assertThat(byHand.output()).contains("user: is paused since ", "user: caught up");
    assertThat(stepsync("resume", "user").output()).isEqualToIgnoringNewLines("user: resumed");
  }

  @Test
  void the_requests_that_an_answer_took_are_counted() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    api.status((first, last) -> first == 1 && asked.incrementAndGet() == 1 ? 503 : 200);

    workspace.sync("user");

    assertThat(workspace.query("select first_id, attempts from stepsync_window order by first_id"))
        .containsExactly("1 2", "1001 1", "2001 1");
  }

  @Test
  void the_number_of_runs_that_are_kept_must_be_one_at_least() throws Exception {
    Files.writeString(
        directory.resolve("application.properties"),
        Files.readString(directory.resolve("application.properties"))
            + "stepsync.history.runs=0\n");

    assertThatThrownBy(() -> workspace.load())
        .hasMessage("stepsync.history.runs must be a whole number >= 1, was 0" + onLine(7));
  }

  /** The tests' class path lacks it, as an embedder's does. */
  @Test
  void camels_command_line_cannot_be_asked_for_without_its_jar() throws Exception {
    workspace.property("stepsync.camel-cli.enabled", "true");

    assertThatThrownBy(workspace::load)
        .hasMessage(
            "stepsync.camel-cli.enabled must be false without camel-cli-connector on the class"
                + " path, was true"
                + onLine(7));
  }

  private String onLine(int line) {
    return " (%s:%d)".formatted(directory.resolve("application.properties"), line);
  }

  @Test
  void the_help_tells_the_exit_codes_and_the_completion_is_a_script_that_bash_reads()
      throws Exception {
    String help = printed("state", "set", "--help");
    Path script = directory.resolve("completion");
    Files.writeString(script, printed("completion"));

    Process bash = new ProcessBuilder("bash", "-n", script.toString()).start();

    assertThat(help).contains("Exit codes:\n  0   Success.");
    assertThat(script).content().contains("_complete_stepsync", "dead-letters");
    assertThat(bash.waitFor()).isZero();
  }

  /** What a verb prints that needs no stream. */
  private static String printed(String... arguments) {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThat(StepsyncCommand.execute(arguments)).isZero();
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
