package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.api.LaneRuns;
import io.stepsync.cli.StateJson;
import io.stepsync.cli.StreamStatus;
import io.stepsync.cli.StreamStatus.LaneStatus;
import io.stepsync.store.RunKind;
import io.stepsync.store.StateRows;
import io.stepsync.store.history.StreamState;
import io.stepsync.window.Lanes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How people see and move a stream that has several lanes, on every database alike. */
abstract class LaneVerbsCompatibilityTest extends LaneCompatibilityTest {

  /** Four lanes, of which the one of 2001 to 3000 fails at 2501. */
  private void fourOfWhichOneFails(String more) throws Exception {
    lanes(4, 4000, "responseLimit: 101\nfetchAhead: 0\n" + more);
    api.users(1, 4000);
    api.status((first, last) -> first >= 2501 && first <= 3000 ? 403 : 200);
    sync();
  }

  private void killedRun(int lane) throws Exception {
    workspace.execute(
        "insert into stepsync_run (run, stream, lane, kind, started, status, windows, records,"
            + " upserted, unchanged, deleted, dead, bytes) values ('killed"
            + lane
            + "', 'user', "
            + lane
            + ", 'sync', timestamp '2099-01-01 00:00:00', 'running', 0, 0, 0, 0, 0, 0, 0)");
  }

  private Lanes stored() throws Exception {
    return workspace.load().withDatabase(sql -> new StateRows(sql).lanes("user").orElseThrow());
  }

  @Test
  void a_stream_is_caught_up_once_all_of_its_lanes_are() throws Exception {
    fourOfWhichOneFails("");
    StreamStatus failed = status();
    api.status((first, last) -> 200);
    workspace.execute("update stepsync_run set lane = 1 where lane = 3");
    StreamStatus begun = status();
    sync();
    workspace.execute(
        "update stepsync_run set ended = timestamp '2026-01-01 00:00:00' where lane = 1");
    StreamStatus caughtUp = status();

    assertThat(failed.state()).isEqualTo(StreamState.FAILED);
    assertThat(failed.error()).startsWith("lane 2: window 2501..2600: ");
    assertThat(failed.checkpoint()).isEqualTo(2501);
    assertThat(failed.lag()).isEqualTo(500);
    assertThat(failed.lastSuccess()).isNull();
    assertThat(failed.lanes())
        .extracting(LaneStatus::state)
        .containsExactly(
            StreamState.CAUGHT_UP,
            StreamState.CAUGHT_UP,
            StreamState.FAILED,
            StreamState.CAUGHT_UP);
    assertThat(failed.lanes()).extracting(LaneStatus::lag).containsExactly(0L, 0L, 500L, 0L);
    assertThat(failed.lanes().get(2).settled()).isFalse();
    assertThat(begun.lanes().get(3).state()).isEqualTo(StreamState.NEVER_RUN);
    assertThat(caughtUp.state()).isEqualTo(StreamState.CAUGHT_UP);
    assertThat(caughtUp.error()).isNull();
    assertThat(caughtUp.lastSuccess()).isBefore("2026-01-03T00:00:00Z");
  }

  @Test
  void a_lane_whose_process_was_killed_shows_and_holds_the_checkpoint() throws Exception {
    lanes(4, 4000, "");
    api.users(1, 4000);
    sync();
    killedRun(3);
    killedRun(7);

    assertThat(status().state()).isEqualTo(StreamState.RUNNING_OR_BROKEN_OFF);
    assertThat(status().lanes(StreamState.RUNNING_OR_BROKEN_OFF)).isOne();
    assertThatThrownBy(() -> change(false, state -> state.move("user", 7)))
        .hasMessageContaining("is alive, or its process was killed");

    sync(); // the lanes are joined
    sync();

    assertThat(workspace.query("select run, status from stepsync_run where run like 'killed%'"))
        .containsExactlyInAnyOrder("killed3 broken_off", "killed7 broken_off");
  }

  @Test
  void a_checkpoint_that_is_moved_by_hand_leaves_one_lane_above_the_versions_of_all()
      throws Exception {
    fourOfWhichOneFails("refreshSchedule: 0 0 0 1 1 ? 2099");
    workspace.load().withoutTriggers(context -> LaneRuns.of(context, "user", RunKind.REFRESH));
    long version =
        workspace.value("select max(version) from stepsync_state where kind = 'sync'", Long.class);

    change(false, state -> state.move("user", 1501));

    assertThat(workspace.query(LANES)).containsExactly("0 null null 1501");
    assertThat(
            workspace.query(
                "select lane, first_id, last_id, lanes, version from stepsync_state where kind ="
                    + " 'sync'"))
        .containsExactly("0 null null 1 " + (version + 1));
    assertThat(
            workspace.query(
                "select lane, last_id, current_id from stepsync_state where kind = 'refresh'"))
        .containsExactly("0 null 1");
    api.status((first, last) -> 200);
    sync();
    assertRows(4000);
    change(false, state -> state.reset("user"));
    assertThat(workspace.query(LANES)).containsExactly("0 null null 1");
  }

  @Test
  void lanes_that_are_exported_and_imported_lose_nothing_and_repeat_nothing() throws Exception {
    fourOfWhichOneFails("");
    List<String> before = workspace.query(LANES);
    String exported = StateJson.of(Map.of("user", stored()));
    workspace.execute("delete from stepsync_state");
    lanes(2, 4000, "");

    change(false, state -> state.replace(StateJson.states(exported)));

    assertThat(workspace.query(LANES)).isEqualTo(before);
    assertThat(workspace.query("select distinct lanes from stepsync_state")).containsExactly("2");
    api.status((first, last) -> 200);
    sync();
    assertRows(4000);
    assertThat(workspace.query("select sum(upserted), sum(unchanged) from stepsync_run"))
        .containsExactly("4000 0");
  }
}
