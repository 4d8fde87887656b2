package io.stepsync.cli.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.api.LaneRuns;
import io.stepsync.cli.terminal.LaneProgress;
import io.stepsync.main.Standalone;
import io.stepsync.routes.RangeApi;
import io.stepsync.routes.StepsyncProcess;
import io.stepsync.routes.StepsyncProcess.Result;
import io.stepsync.routes.Workspace;
import io.stepsync.run.RunWatch;
import io.stepsync.steps.TrialRun;
import io.stepsync.store.RunKind;
import io.stepsync.window.IdWindow;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plan} tells of the next run, and that the run keeps to it. */
class PlanTest {

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void open() throws Exception {
    workspace = new Workspace(directory);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private StreamPlan plan() throws Exception {
    Standalone standalone = workspace.load();
    return standalone.withoutTriggers(
        context -> Plan.plan(context, standalone.streams().get("user")));
  }

  @Test
  void without_any_end_the_fewest_requests_are_those_that_find_nothing() throws Exception {
    workspace.userStream(api.url(), "fetchAhead: 0");

    StreamPlan plan = plan();

    assertThat(plan.checkpoint()).isNull();
    assertThat(plan.run().end()).isEqualTo("maxGap");
    assertThat(plan.run().mostRequests()).isNull();
    assertThat(plan.text())
        .contains("IDs       from 1 on, up to maxGap (1000000) IDs beyond the last record")
        .contains("its ID is not known without headUrl or maxId");
    workspace.sync("user");
    assertThat((long) api.requests()).isEqualTo(plan.run().leastRequests());
  }

  @Test
  void up_to_a_head_the_requests_of_full_windows_are_known() throws Exception {
    api.users(1, 2500);
    workspace.userStream(api.url(), "fetchAhead: 0\nheadUrl: " + api.headUrl(2500));

    StreamPlan plan = plan();

    assertThat(plan.run().lastId()).isEqualTo(2500);
    assertThat(plan.run().end()).isEqualTo("headUrl");
    assertThat(plan.run().mostWindows()).isEqualTo(3);
    assertThat(plan.run().leastRequests()).isEqualTo(5);
    assertThat(plan.text()).contains("requests  4 to 5, more where");
    assertThat(plan.json()).containsEntry("leastRequests", 4L).containsEntry("mostRequests", 5L);
    workspace.sync("user");
    assertThat(1L + api.requests()).isEqualTo(plan.run().mostRequests());

    StreamPlan after = plan();

    assertThat(after.checkpoint()).isEqualTo(2501);
    assertThat(after.text()).isEqualTo("user\n  checkpoint 2501, nothing to ask\n");
  }

  @Test
  void the_plan_is_the_sum_of_the_lanes_as_they_are_and_as_they_will_be_cut() throws Exception {
    lanes("fetchAhead: 0");
    api.users(1, 4000);
    api.status((first, last) -> first >= 2501 && first <= 3000 ? 403 : 200);
    PlannedRun first = plan().run();
    int requests = api.requests();
    workspace.sync("user");
    StreamPlan second = plan();
    IdWindow window = firstWindow();

    assertThat(requests).isZero();
    assertThat(first.lanes()).isEqualTo(4);
    assertThat(first.mostRequests()).isEqualTo(4 + 40);
    assertThat(first.longest().mostWindows()).isEqualTo(10);
    assertThat(second.checkpoint()).isEqualTo(2501);
    assertThat(second.run().firstId()).isEqualTo(2501);
    assertThat(second.run().lastId()).isEqualTo(3000);
    assertThat(second.run().mostRequests()).isEqualTo(4 + 5);
    assertThat(window).isEqualTo(new IdWindow(2501, 2600));
    api.status((from, to) -> 200);
    requests = api.requests();
    workspace.sync("user");
    assertThat(4L + api.requests() - requests).isEqualTo(second.run().mostRequests());
  }

  private void lanes(String more) throws Exception {
    workspace.userStream(
        api.url(),
        "lanes: 4\nstepSize: 100\nresponseLimit: 101\nheadUrl: " + api.headUrl(4000) + "\n" + more);
  }

  /** Where preview and check look. */
  private IdWindow firstWindow() throws Exception {
    Standalone standalone = workspace.load();
    return standalone.withoutTriggers(
        context -> {
          try (TrialRun trial = new TrialRun(context, standalone.streams().get("user"))) {
            trial.startAtCheckpoint();
            trial.askHead();
            return trial.plan().next().orElseThrow();
          }
        });
  }

  @Test
  void the_lanes_of_a_stream_are_told_as_one_progress() throws Exception {
    lanes("");
    api.users(1, 4000);
    LaneProgress progress = new LaneProgress();
    RunWatch watch =
        run -> {
          synchronized (progress) {
            assertThat(progress.isOf(run)).isTrue();
            progress.windowDone(run);
          }
        };

    workspace
        .load()
        .withoutTriggers(
            context -> {
              context.getRegistry().bind("watch", RunWatch.class, watch);
              return LaneRuns.of(context, "user", RunKind.SYNC);
            });

    assertThat(progress.start()).isZero();
    assertThat(progress.position()).isEqualTo(progress.last()).isEqualTo(4000);
    assertThat(progress.records()).isEqualTo(4000);
    assertThat(progress.isAtEnd()).isTrue();
  }

  @Test
  void the_time_is_told_by_the_rate_limit_and_by_the_last_runs() throws Exception {
    workspace.userStream(api.url(), "maxId: 100000");
    workspace.sync("user");
    workspace.userStream(api.url(), "maxId: 100000\nrequestsPerSecond: 2");
    workspace.execute(
        "update stepsync_run set windows = 4, started = timestamp '2026-11-15 00:00:00',"
            + " ended = timestamp '2026-11-15 00:00:10'");
    int requests = api.requests();

    Result result = StepsyncProcess.run(directory, "plan");

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output().lines())
        .containsExactly(
            "user",
            "  IDs       1 to 100000, where maxId ends it; checkpoint 1",
            "  windows   7 if there is no record, 100 if none is empty",
            "  requests  7 to 100, more where answers are cut or fail",
            "  time      3.5 s to 50 s, at 2 requests a second at most",
            "  time      18 s to 4 min, at the 2.5 s a window of the last run");
    assertThat(api.requests()).isEqualTo(requests);
    assertThat(workspace.query("select count(*) from stepsync_run")).containsExactly("1");
  }

  @Test
  void a_head_that_is_not_told_fails_the_plan_of_its_stream_alone() throws Exception {
    workspace.userStream(api.url(), "retries: 0\nheadUrl: " + api.url() + "/none");
    workspace.stream(
        "other", "url: " + api.url() + "\ntable: other\nprimaryKey: id\ncolumns: \"id: LONG\"");

    Result result = StepsyncProcess.run(directory, "plan", "--json");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output())
        .contains("\"stream\" : \"other\",\n    \"problem\" : null,\n    \"checkpoint\" : null")
        .contains("\"problem\" : \"the API answered /records/none with status 404");
  }
}
