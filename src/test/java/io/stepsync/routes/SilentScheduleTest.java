package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.cli.StreamStatuses;
import io.stepsync.page.PageServer;
import io.stepsync.routes.StepsyncProcess.Result;
import io.stepsync.run.Run;
import io.stepsync.store.RunStatus;
import io.stepsync.store.budget.Budgets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A schedule that never fires again costs the other streams nothing, and is told. */
class SilentScheduleTest {

  private static final String RULE = "schedule must be a cron expression that fires again, was ";
  private static final String NEVER = "0 0 2 30 2 ?";

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void openWorkspace() throws Exception {
    workspace = Observed.workspace(directory);
    workspace.userStream(api.url(), "maxGap: 0");
    workspace.stream(
        "other", "url: " + api.url() + "\ntable: other\nprimaryKey: id\ncolumns: 'id: LONG'");
    api.records(1, 3, id -> RangeApi.user(id, "n"));
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  private void schedule(String cron) throws Exception {
    workspace.edit("user", "0 0 0 1 1 ? 2099", cron);
  }

  @ParameterizedTest
  @ValueSource(strings = {NEVER, "0 0 2 * * ? 2020", "0 0 0 31 4,6 ?"})
  void a_validation_refuses_it(String cron) throws Exception {
    schedule(cron);

    Result result = StepsyncProcess.run(directory, "validate");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).contains("stepsync: stream user: " + RULE + cron);
  }

  @Test
  void a_validation_refuses_that_of_a_refresh_too() throws Exception {
    workspace.userStream(api.url(), "refreshSchedule: " + NEVER);

    Result result = StepsyncProcess.run(directory, "validate");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output())
        .contains("stepsync: stream user: refreshSchedule must be a cron expression that fires");
  }

  @Test
  void the_other_streams_are_run_and_log_and_status_tell_of_it() throws Exception {
    workspace.userStream(api.url(), "lanes: 3\nmaxId: 90");
    schedule(NEVER);
    workspace.edit("other", "0 0 0 1 1 ? 2099", "* * * * * ?");
    workspace.property("stepsync.page.enabled", "true").property("stepsync.page.port", "0");

    try (LiveStepsync stepsync = new LiveStepsync(directory)) {
      stepsync.awaitRows("other", 3);

      assertThat(stepsync.log("it is not run"))
          .containsExactly("WARN user: it is not run: " + RULE + NEVER);
    }
    String status =
        workspace
            .load()
            .withDatabase(
                sql ->
                    new StreamStatuses(
                            sql, Budgets.of(workspace.load().context()), java.time.Instant.now())
                        .of(List.of(workspace.load().streams().get("user")), Map.of("user", NEVER))
                        .get(0)
                        .error());
    assertThat(status).isEqualTo("it is not run: " + RULE + NEVER);
  }

  @Test
  void health_and_page_tell_of_it() throws Exception {
    schedule(NEVER);
    workspace.property("stepsync.page.enabled", "true");

    try (PageServer page = new PageServer(workspace)) {
      assertThat(page.get("api/streams"))
          .contains("\"error\":\"it is not run: " + RULE + NEVER + "\",", "\"next\":null");
      assertThat(page.post("api/run?stream=user"))
          .contains("user has a schedule that never fires again");
      assertThat(page.get("observe/health/ready")).contains("stream user: it is not run: " + RULE);
    }
  }

  @Test
  void a_sync_by_hand_needs_no_schedule() throws Exception {
    schedule(NEVER);

    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
  }
}
