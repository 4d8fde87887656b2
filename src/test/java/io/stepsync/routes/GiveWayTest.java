package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stepsync.store.DataSources;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** A refresh that takes longer than a sync can wait, and one that does not wait for a sync. */
class GiveWayTest {

  private static final String EACH_SECOND = "0/1 * * * * ?";
  private static final String DONE =
      "select count(*) from stepsync_run where kind = 'refresh' and status = 'caught_up'";

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void openWorkspace() throws Exception {
    workspace = Observed.workspace(directory);
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  private void users(String more, String schedule) throws Exception {
    workspace.stream(
        "user",
        Workspace.userSettings(api.url(), "stepSize: 100\nmaxGap: 300\nfetchAhead: 0\n" + more),
        schedule);
  }

  private static List<String> rows(LiveStepsync stepsync, String query) {
    return new JdbcTemplate(DataSources.of(stepsync.context()))
        .query(query, (row, number) -> row.getString(1));
  }

  private static void awaitCount(LiveStepsync stepsync, String query, long least) {
    await().until(() -> Long.parseLong(rows(stepsync, query).get(0)), count -> count >= least);
  }

  @Test
  void a_refresh_gives_way_to_syncs_and_goes_on_to_its_end_with_both_looks() throws Exception {
    users("deletes: hard", Workspace.NEVER);
    api.users(1, 3000);
    workspace.sync("user");
    api.remove(7, 9);
    api.remove(2990, 2990);
    api.slowOverWidth(1, 150);
    AtomicBoolean inTheMiddle = new AtomicBoolean();
    api.status(
        (first, last) -> {
          if (first == 1501 && inTheMiddle.compareAndSet(false, true)) {
            api.users(3001, 3100); // which come while the refresh is under way
          }
          return 200;
        });
    users("deletes: hard\nrefreshSchedule: 0/1 * * * * ?", EACH_SECOND);

    try (LiveStepsync stepsync = new LiveStepsync(directory)) {
      awaitCount(stepsync, DONE, 1);

      assertThat(
              rows(
                  stepsync,
                  "select count(*) from stepsync_run where kind = 'refresh' and status = 'paused'"))
          .isNotEqualTo(List.of("0"));
      assertThat(stepsync.log("gives way to the sync that is due")).isNotEmpty();
      assertThat(rows(stepsync, "select \"id\" from \"user\" where \"id\" in ('7','8','9','2990')"))
          .isEmpty();
      assertThat(rows(stepsync, "select count(*) from \"user\"")).containsExactly("3096");
      assertThat(overlaps(stepsync)).isEmpty();
    }
  }

  /** The runs that began before another had ended. */
  private static List<String> overlaps(LiveStepsync stepsync) {
    return rows(
        stepsync,
        "select a.run from stepsync_run a, stepsync_run b where a.run <> b.run"
            + " and a.started < b.ended and b.started < a.started");
  }

  @Test
  void a_refresh_that_someone_asked_for_goes_on_after_it_gave_way() throws Exception {
    users("", Workspace.NEVER);
    api.users(1, 3000);
    workspace.sync("user");
    api.slowOverWidth(1, 150);
    users("", EACH_SECOND);

    try (LiveStepsync stepsync = new LiveStepsync(directory)) {
      fire(stepsync);
      awaitCount(stepsync, DONE, 1);

      assertThat(stepsync.log("gives way to the sync that is due")).isNotEmpty();
      assertThat(
              rows(
                  stepsync,
                  "select sum(windows) from stepsync_run where kind = 'refresh'"
                      + " and status in ('paused', 'caught_up')"))
          .containsExactly("30");
    }
  }

  private static void fire(LiveStepsync stepsync) throws Exception {
    stepsync
        .context()
        .getComponent("quartz", org.apache.camel.component.quartz.QuartzComponent.class)
        .getScheduler()
        .triggerJob(
            io.stepsync.run.LaneName.of("user", 0).key(),
            new org.quartz.JobDataMap(
                io.stepsync.steps.firing.FiringLane.data(io.stepsync.store.RunKind.REFRESH)));
  }

  @Test
  void a_refresh_does_not_wait_for_a_sync_that_is_rarer() throws Exception {
    users("refreshSchedule: 0/2 * * * * ?", Workspace.NEVER);
    api.users(1, 300);
    workspace.sync("user");

    try (LiveStepsync stepsync = new LiveStepsync(directory)) {
      awaitCount(stepsync, DONE, 2);

      assertThat(rows(stepsync, "select count(*) from stepsync_run where kind = 'sync'"))
          .containsExactly("1");
    }
  }
}
