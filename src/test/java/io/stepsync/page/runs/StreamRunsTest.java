package io.stepsync.page.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.store.StreamState;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamRunsTest {

  private static RunRow run(int lane, String kind, String status, long started, Long ended) {
    String error = status.equals("failed") ? "why " + lane : null;
    return new RunRow(
        "r", "user", lane, 2, kind, status, started, ended, 1, 10, 0, 0, 0, 0, null, null, null,
        error, null);
  }

  private static RunRow sync(int lane, String status, long started) {
    return run(lane, "sync", status, started, status.equals("running") ? null : started + 100);
  }

  private static StreamRuns runs(boolean running, int lanes, RunRow... all) {
    return StreamRuns.of(List.of(all), lanes, false, running);
  }

  @Test
  void a_stream_stands_as_the_worst_of_its_lanes() {
    RunRow fine = sync(0, "caught_up", 1000);

    assertThat(runs(false, 2, fine, sync(1, "caught_up", 900)).state())
        .isEqualTo(StreamState.CAUGHT_UP);
    assertThat(runs(false, 2, fine, sync(1, "paused", 900)).state()).isEqualTo(StreamState.STOPPED);
    assertThat(runs(false, 2, fine, sync(1, "broken_off", 900)).state())
        .isEqualTo(StreamState.BROKEN_OFF);
    assertThat(runs(false, 2, fine, sync(1, "failed", 900)).state()).isEqualTo(StreamState.FAILED);
    assertThat(runs(true, 2, fine, sync(1, "failed", 900)).state()).isEqualTo(StreamState.RUNNING);
    assertThat(runs(false, 2, fine).state()).isEqualTo(StreamState.STOPPED);
    assertThat(runs(false, 2).state()).isEqualTo(StreamState.NEVER_RUN);
  }

  @Test
  void a_lane_that_failed_is_told_while_others_run() {
    RunRow running = sync(0, "running", 1000);

    assertThat(runs(true, 2, running, sync(1, "failed", 900)).error()).contains("lane 1: why 1");
    assertThat(runs(true, 2, sync(1, "running", 1100), running, sync(1, "failed", 900)).error())
        .isEmpty();
    assertThat(runs(true, 1, sync(0, "failed", 900)).error()).isEmpty();
  }

  @Test
  void lanes_that_were_joined_do_not_count() {
    StreamRuns runs = runs(false, 1, sync(1, "failed", 1000), sync(0, "caught_up", 900));

    assertThat(runs.state()).isEqualTo(StreamState.CAUGHT_UP);
    assertThat(runs.latest().orElseThrow().records()).isEqualTo(10);
  }

  @Test
  void runs_of_lanes_at_the_same_time_are_one_run() {
    List<RunRow> all =
        SideBySide.of(
            List.of(
                run(1, "sync", "caught_up", 70_300, 70_400L),
                run(0, "sync", "caught_up", 70_000, 70_200L),
                run(0, "refresh", "caught_up", 40_100, 40_200L),
                run(1, "sync", "running", 40_000, null),
                run(0, "sync", "caught_up", 40_000, 40_100L),
                run(1, "sync", "caught_up", 39_950, 39_990L)));

    assertThat(all).extracting(RunRow::records).containsExactly(20L, 10L, 20L, 10L);
    assertThat(all).extracting(RunRow::started).containsExactly(70_000L, 40_100L, 40_000L, 39_950L);
    assertThat(all).extracting(RunRow::ended).containsExactly(70_400L, 40_200L, null, 39_990L);
  }
}
