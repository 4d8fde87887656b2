package io.stepsync.cli;

import static io.stepsync.LongestWait.awaitOpen;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.routes.RangeApi;
import io.stepsync.routes.StepsyncProcess;
import io.stepsync.routes.StepsyncProcess.Result;
import io.stepsync.routes.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verbs as a user calls them: what they print, and their exit codes. */
class CommandLineTest {

  @TempDir Path directory;

  @Test
  void a_sync_that_is_caught_up_exits_with_0_and_says_what_it_did_in_two_lines() throws Exception {
    try (RangeApi api = new RangeApi().users(1, 1500)) {
      new Workspace(directory).userStream(api.url(), "");

      Result result = StepsyncProcess.run(directory, "sync");

      assertThat(result.exitCode()).as(result.output()).isZero();
      assertThat(result.output().lines())
          .hasSize(2)
          .satisfiesExactly(
              line -> assertThat(line).contains("INFO  user: run starts at ID 1 in steps of 1000"),
              line ->
                  assertThat(line)
                      .contains("INFO  user: caught up, checkpoint 1501, ")
                      .contains("1500 records, 1500 upserted, "));
    }
  }

  @Test
  void a_sync_that_fails_exits_with_1_and_one_line_that_says_why() throws Exception {
    try (RangeApi api = new RangeApi().answering(200, "text/html", "<html>")) {
      new Workspace(directory).userStream(api.url(), "");

      Result result = StepsyncProcess.run(directory, "sync", "user");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.output().lines().skip(1))
          .singleElement()
          .asString()
          .contains("ERROR user: failed, window 1..1000: the answer must be JSON, was text/html");
    }
  }

  @Test
  void a_wrong_setting_exits_with_2_and_opens_no_database() throws Exception {
    new Workspace(directory).userStream("http://127.0.0.1:1/", "stepSize: 0");

    for (String verb : new String[] {"sync", "run", "validate"}) {
      Result result = StepsyncProcess.run(directory, verb);

      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.output())
          .isEqualToIgnoringNewLines(
              "stepsync: stream user: stepSize must be >= 1, was 0"
                  + " (routes/streams/user.camel.yaml:9)");
    }
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token: \"{{api.token}}\" | the key api.token must be set, in application.properties or in the environment",
        "token: \"{{env:NO_SUCH_TOKEN}}\" | the environment variable NO_SUCH_TOKEN must be set",
        "requestsPerSecond: many | requestsPerSecond must be a number, was many",
        "retries: some | retries must be a whole number below 2^31, was some",
        "fetchahead2: 3 | there is no setting fetchahead2; did you mean fetchAhead?",
      })
  void a_setting_that_camel_refuses_is_told_in_stepsyncs_words(String setting, String message)
      throws Exception {
    new Workspace(directory).userStream("http://127.0.0.1:1/", setting);

    Result result = StepsyncProcess.run(directory, "validate");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output())
        .isEqualToIgnoringNewLines(
            "stepsync: stream user: " + message + " (routes/streams/user.camel.yaml:9)");
  }

  @Test
  void a_stream_that_does_not_exist_exits_with_2() throws Exception {
    new Workspace(directory).userStream("http://127.0.0.1:1/", "");

    Result result = StepsyncProcess.run(directory, "sync", "users");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output())
        .isEqualToIgnoringNewLines("stepsync: stream must be one of [user], was users");
  }

  @Test
  void ids_that_cannot_be_verified_or_refreshed_are_one_line_and_exit_with_2() throws Exception {
    try (RangeApi api = new RangeApi().users(1, 300)) {
      Workspace workspace = new Workspace(directory);
      workspace.userStream(api.url(), "maxGap: 300");
      workspace.sync("user");
      String beyond = "stepsync: stream user: ids must be below the checkpoint (301), was 200..301";

      assertRefused(beyond, "verify", "user", "--ids", "200-301");
      assertRefused(beyond, "refresh", "user", "--ids", "200-301");
      assertRefused(
          "stepsync: ids must be A-B with 0 <= A <= B, was 9-7", "refresh", "user", "--ids", "9-7");
      assertRefused(
          "stepsync: stream must be one of [user], was users", "verify", "users", "--ids", "1-7");
      workspace.execute("drop table \"user\"");
      String noTable = "stepsync: stream user: table user must be there";
      assertRefused(noTable, "verify", "--sample", "3");
      assertRefused(noTable, "refresh", "user", "--since", "2026-01-01");
    }
  }

  private void assertRefused(String line, String... arguments) throws Exception {
    Result result = StepsyncProcess.run(directory, arguments);

    assertThat(result.output()).isEqualToIgnoringNewLines(line);
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          verify user --sample x | Invalid value for option '--sample' | stepsync verify
          history --runs many    | Invalid value for option '--runs'   | stepsync history
          verify --smaple 3      | Unknown option: '--smaple'          | stepsync verify
          state lst              | Unmatched argument at index 1: 'lst' | stepsync state
          windows                | Missing required parameter: 'STREAM' | stepsync windows
          """)
  void wrong_usage_is_one_line_and_a_guess_and_exits_with_2(
      String line, String message, String verb) throws Exception {
    Result result = StepsyncProcess.run(directory, line.split(" "));

    assertThat(result.exitCode()).as(result.output()).isEqualTo(2);
    assertThat(result.output().lines())
        .hasSizeLessThanOrEqualTo(2)
        .first()
        .asString()
        .startsWith("stepsync: " + message)
        .endsWith("; see " + verb + " --help");
  }

  @Test
  void without_any_file_the_jars_own_stream_copies_the_demo_api() throws Exception {
    Files.writeString(
        directory.resolve("application.properties"),
        "stepsync.demo.port=0\nstepsync.demo.records=1000\nstepsync.demo.gap-every=0\n");

    Result validated = StepsyncProcess.run(directory, "validate");

    assertThat(validated.exitCode()).as(validated.output()).isZero();
    assertThat(validated.output())
        .isEqualToIgnoringNewLines("user: ok, http://127.0.0.1:0/incremental/step to table user");
  }

  @Test
  void a_run_that_is_told_to_stop_finishes_its_window_and_says_where_it_goes_on() throws Exception {
    CountDownLatch third = new CountDownLatch(3);
    CountDownLatch told = new CountDownLatch(1);
    Runnable heldFromTheThird =
        () -> {
          third.countDown();
          if (third.getCount() == 0) {
            awaitOpen(told);
          }
        };
    try (RangeApi api = new RangeApi().users(1, 1_000_000).onRequest(heldFromTheThird)) {
      Workspace workspace = new Workspace(directory).userStream(api.url(), "");
      Process process = StepsyncProcess.start(directory, "sync");
      awaitOpen(third);

      process.destroy();
      told.countDown();
      process.waitFor();

      String checkpoint = workspace.query("select current_id from stepsync_state").get(0);
      assertThat(Files.readString(directory.resolve("output.txt")))
          .contains("user: stopped, the next run goes on at checkpoint " + checkpoint);
      assertThat(workspace.query("select count(*) from \"user\"").get(0))
          .isEqualTo("" + (Long.parseLong(checkpoint) - 1));
      assertThat(workspace.query("select status from stepsync_run")).containsExactly("paused");
    }
  }

  @Test
  void a_class_that_is_not_there_is_told_with_the_bean_that_names_it() throws Exception {
    Workspace workspace = new Workspace(directory).userStream("http://127.0.0.1:1/", "");
    workspace.edit("user", "io.stepsync.Stream", "io.stepsync.Strem");

    assertThat(StepsyncProcess.run(directory, "validate").output())
        .startsWith("stepsync: bean user: there is no class io.stepsync.Strem; ")
        .hasLineCount(1);

    workspace.edit("user", "io.stepsync.Strem", "\"#class:io.stepsync.Strem\"");

    assertThat(StepsyncProcess.run(directory, "validate").output())
        .startsWith("stepsync: bean user: there is no class io.stepsync.Strem; ");

    workspace.edit("user", "\"#class:io.stepsync.Strem\"", "io.stepsync.Stream");
    workspace.property("camel.beans.mine", "#class:com.example.Mine");

    assertThat(StepsyncProcess.run(directory, "validate").output())
        .startsWith("stepsync: there is no class com.example.Mine; ");
  }

  @Test
  void a_folder_that_cannot_be_made_is_told_at_once_with_what_to_do() throws Exception {
    new Workspace(directory).userStream("http://127.0.0.1:1/", "");
    Files.writeString(directory.resolve("data"), "no folder");

    Result result = StepsyncProcess.run(directory, "sync");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output())
        .isEqualToIgnoringNewLines(
            "stepsync: %1$s is no folder, the database is to be in %1$s"
                .formatted(directory.resolve("data")));
  }

  @Test
  void what_only_looks_needs_no_folder_for_a_database_that_is_not_there_yet() throws Exception {
    new Workspace(directory).userStream("http://127.0.0.1:1/", "");
    Files.writeString(directory.resolve("data"), "no folder");

    Result plan = StepsyncProcess.run(directory, "plan");

    assertThat(plan.output()).contains("there was no run yet").doesNotContain("no folder");
    assertThat(plan.exitCode()).isZero();
    assertThat(StepsyncProcess.run(directory, "preview", "user").output())
        .doesNotContain("no folder");
    assertThat(StepsyncProcess.run(directory, "check").output())
        .contains("✗ database: ", " is no folder, the database is to be in ");
  }

  @Test
  void init_makes_a_folder_that_can_be_run_and_overwrites_nothing() throws Exception {
    Result made = StepsyncProcess.run(directory, "init", "new");
    Result again = StepsyncProcess.run(directory, "init", "new");
    Result valid = StepsyncProcess.run(directory.resolve("new"), "validate");

    assertThat(made.exitCode()).as(made.output()).isZero();
    Path streams = directory.resolve("new/routes/streams");
    assertThat(streams.resolve("user.camel.yaml"))
        .content()
        .startsWith("# yaml-language-server: $schema=stream.schema.json\n# A stream is one file");
    assertThat(streams.resolve("stream.schema.json"))
        .hasSameTextualContentAs(Path.of("src/main/resources/stepsync/stream.schema.json"));
    assertThat(directory.resolve("new/.gitignore")).content().contains("data/");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.output()).contains("is there already; nothing was made");
    assertThat(valid.output()).startsWith("user: ok");
  }

  @Test
  void where_there_are_neither_routes_nor_the_demo_there_is_nothing_to_run() throws Exception {
    Files.writeString(directory.resolve("application.properties"), "stepsync.demo.enabled=false\n");

    Result result = StepsyncProcess.run(directory, "run");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).startsWith("stepsync: there is nothing to run: ").hasLineCount(1);
  }
}
