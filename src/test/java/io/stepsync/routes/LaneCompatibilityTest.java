package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.api.LaneRuns;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a stream is cut into lanes, on every database alike. */
abstract class LaneCompatibilityTest extends OperateCompatibilityTest {

  static final String LANES =
      "select lane, first_id, last_id, current_id from stepsync_state where kind = 'sync'"
          + " order by lane";

  final void lanes(int lanes, long head, String more) throws Exception {
    workspace.userStream(
        api.url(),
        "headUrl: %s\nstepSize: 100\nlanes: %d\n%s".formatted(api.headUrl(head), lanes, more));
  }

  final List<Run> sync() throws Exception {
    return workspace.load().withoutTriggers(context -> LaneRuns.of(context, "user", RunKind.SYNC));
  }

  final void assertRows(long rows) throws SQLException {
    assertThat(workspace.query("select count(*) from \"user\"")).containsExactly("" + rows);
  }

  @Test
  void a_stream_is_cut_into_lanes_and_these_are_joined_once_all_is_copied() throws Exception {
    lanes(4, 4000, "");
    api.users(1, 4000).remove(951, 1049);
    api.remove(1990, 2000);

    assertThat(sync()).hasSize(4).allMatch(run -> run.getStatus() == RunStatus.CAUGHT_UP);

    assertRows(4000 - 99 - 11);
    assertThat(workspace.query(LANES))
        .containsExactly(
            "0 null 1000 1001", "1 1001 2000 2001", "2 2001 3000 3001", "3 3001 null 4001");

    api.users(4001, 4250);
    lanes(4, 4250, "");
    assertThat(sync()).hasSize(1);
    assertRows(4250 - 99 - 11);
    assertThat(workspace.query(LANES)).containsExactly("0 null null 4251");
  }

  @Test
  void what_is_new_above_lanes_that_are_settled_is_shared_by_as_many() throws Exception {
    lanes(4, 400, "");
    api.users(1, 4400);
    sync();

    lanes(4, 4400, "");
    assertThat(sync()).hasSize(4).allMatch(run -> run.getStatus() == RunStatus.CAUGHT_UP);

    assertRows(4400);
    assertThat(workspace.query(LANES))
        .containsExactly(
            "0 null 1400 1401", "1 1401 2400 2401", "2 2401 3400 3401", "3 3401 null 4401");
  }

  @Test
  void a_changed_number_of_lanes_loses_nothing_and_repeats_nothing() throws Exception {
    api.users(1, 4000);
    api.status((first, last) -> (first - 1) % 1000 >= 500 ? 403 : 200);
    lanes(4, 4000, "");
    assertThat(sync()).hasSize(4).allMatch(run -> run.getStatus() == RunStatus.FAILED);
    assertRows(2000);

    lanes(2, 4000, "");
    assertThat(sync()).hasSize(4).allMatch(run -> run.getStatus() == RunStatus.FAILED);

    api.status((first, last) -> (first - 1) % 1000 >= 800 ? 403 : 200);
    lanes(8, 4000, "");
    assertThat(sync()).hasSize(8);
    assertThat(workspace.query(LANES))
        .startsWith("0 null 800 801", "1 801 1000 801", "2 1001 1800 1801");

    api.status((first, last) -> 200);
    lanes(1, 4000, "");
    assertThat(sync()).allMatch(run -> run.getStatus() == RunStatus.CAUGHT_UP);
    sync();

    assertRows(4000);
    assertThat(workspace.query(LANES)).containsExactly("0 null null 4001");
    assertThat(workspace.query("select sum(upserted), sum(unchanged) from stepsync_run"))
        .containsExactly("4000 0");
  }

  @Test
  void without_lanes_that_are_set_or_ids_to_share_there_is_one() throws Exception {
    lanes(4, 399, "");
    api.users(1, 350);

    sync();

    assertThat(workspace.query(LANES))
        .containsExactly("0 null 100 101", "1 101 200 201", "2 201 300 301", "3 301 null 351");

    workspace.execute("delete from stepsync_state");
    lanes(5, 399, "");
    sync();

    assertThat(workspace.query(LANES)).containsExactly("0 null null 351");
  }

  @Test
  void a_source_that_was_reset_stops_all_lanes_or_starts_all_over() throws Exception {
    lanes(4, 4000, "");
    api.users(1, 4000);
    sync();
    api.remove(1, 4000);
    api.records(1, 1500, id -> RangeApi.user(id, "new"));

    lanes(4, 1500, "");
    assertThat(sync())
        .allSatisfy(
            run ->
                assertThat(run.getError().orElseThrow())
                    .startsWith(
                        "the API's highest ID must not be below the checkpoint, was 1500 and"
                            + " 4001"));

    lanes(4, 1500, "onSourceReset: restart");
    assertThat(sync()).allMatch(run -> run.getStatus() == RunStatus.CAUGHT_UP);
    assertThat(workspace.query("select count(*) from \"user\" where \"name\" = 'new'"))
        .containsExactly("1500");
    assertThat(workspace.query(LANES)).hasSize(4).contains("3 1201 null 1501");
  }

  @Test
  void each_lane_is_refreshed_up_to_its_checkpoint() throws Exception {
    lanes(4, 4000, "deletes: hard\n");
    api.users(1, 4000);
    sync();
    api.records(7, 7, id -> RangeApi.user(id, "changed"));
    api.records(3999, 3999, id -> RangeApi.user(id, "changed"));
    api.remove(1500, 1501);

    List<Run> runs =
        workspace.load().withoutTriggers(context -> LaneRuns.of(context, "user", RunKind.REFRESH));

    assertThat(runs).hasSize(4).allMatch(run -> run.getStatus() == RunStatus.CAUGHT_UP);
    assertRows(3998);
    assertThat(workspace.query("select \"id\" from \"user\" where \"name\" = 'changed'"))
        .containsExactlyInAnyOrder("7", "3999");
    assertThat(
            workspace.query(
                "select lane, windows, upserted, deleted from stepsync_run where kind = 'refresh'"
                    + " order by lane"))
        .containsExactly("0 10 1 0", "1 11 0 2", "2 10 0 0", "3 10 1 0");
  }

  @Test
  void a_dead_letter_is_tried_again_by_the_lane_that_has_its_id() throws Exception {
    lanes(4, 4000, "retries: 0\n");
    api.users(1, 4000);
    api.status((first, last) -> first <= 2500 && last >= 2500 ? 500 : 200);
    sync();
    assertRows(3999);

    api.status((first, last) -> 200);
    workspace.execute("update stepsync_state set lanes = 4"); // they are not joined as yet
    sync();

    assertRows(4000);
    assertThat(workspace.query("select id from stepsync_dead_letter")).isEmpty();
  }
}
