package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stepsync that runs all day says, and does not say. */
class QuietRunsTest {

  private static final String COLUMNS = "id: STRING, name: STRING";

  @TempDir Path directory;

  @Test
  void streams_are_listed_once_and_runs_that_change_nothing_are_not_told() throws Exception {
    try (RangeApi api = new RangeApi().users(1, 50)) {
      new Workspace(directory)
          .stream(
              "user",
              """
              url: %s
              table: user
              primaryKey: id
              maxId: 1000
              columns: "%s"
              """
                  .formatted(api.url(), COLUMNS),
              "* * * * * ?");
      try (LiveStepsync stepsync = new LiveStepsync(directory)) {
        stepsync.awaitLog("user: caught up, checkpoint 51");
        int requests = api.requests();
        await().until(() -> api.requests() >= requests + 4);

        assertThat(stepsync.log("user: run starts")).hasSize(1);
        assertThat(stepsync.log("user: caught up, nothing changed, checkpoint 51")).hasSize(1);
        assertThat(stepsync.log("user: 6 fields are not copied: ")).hasSize(1);
        assertThat(stepsync.log("streams: user from "))
            .singleElement()
            .asString()
            .contains("routes/streams/user.camel.yaml, next run ");
        api.users(51, 51);
        stepsync.awaitLog("user: caught up, checkpoint 52");
        assertThat(stepsync.log("user: run starts")).hasSize(2);
      }
    }
  }

  @Test
  void of_many_streams_the_first_are_listed_at_the_start() throws Exception {
    Workspace workspace = new Workspace(directory);
    for (int i = 1; i <= 100; i++) {
      workspace.stream(
          "item%03d".formatted(i),
          """
          url: http://127.0.0.1:9/items
          table: item%03d
          primaryKey: id
          columns: "%s"
          """
              .formatted(i, COLUMNS),
          "0 0 0 1 1 ? 2099");
    }
    try (LiveStepsync stepsync = new LiveStepsync(directory)) {
      stepsync.awaitLog("see stepsync status");

      assertThat(stepsync.log("streams: item001 from "))
          .singleElement()
          .asString()
          .contains("; item005 from ")
          .doesNotContain("item006")
          .endsWith("next run at 2099-01-01 00:00; and 95 more, see stepsync status");
    }
  }

  @Test
  void a_log_step_in_a_route_of_a_user_is_seen() throws Exception {
    try (RangeApi api = new RangeApi().users(1, 2)) {
      Workspace workspace = new Workspace(directory);
      workspace.stream(
          "user",
          """
          url: %s
          table: user
          primaryKey: id
          transform: direct:tell
          columns: "%s"
          """
              .formatted(api.url(), COLUMNS));
      workspace.write(
          "routes/tell.camel.yaml",
          """
          - route:
              id: tell
              from:
                uri: direct:tell
                steps:
                  - log: "the step saw ${body[id]}"
                  - to: "log:my.category?showBody=false"
          """);

      StepsyncProcess.Result result = StepsyncProcess.run(directory, "sync");

      assertThat(result.exitCode()).as(result.output()).isZero();
      assertThat(result.output())
          .contains("INFO  the step saw 1", "INFO  the step saw 2", "INFO  Exchange[")
          .contains("user: caught up");
      assertThat(result.output().lines())
          .filteredOn(line -> !line.contains("the step saw") && !line.contains("Exchange["))
          .as("nothing of the libraries")
          .hasSize(3);
    }
  }
}
