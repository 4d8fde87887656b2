package io.stepsync.standing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.store.alive.RunProcess;
import io.stepsync.store.history.StoredRun;
import io.stepsync.store.history.StreamState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamRunsTest {

  private static StoredRun run(int lane, String kind, String status, long started) {
    return run(lane, kind, status, started, RunProcess.own().text());
  }

  private static StoredRun run(int lane, String kind, String status, long started, String process) {
    Instant moment = Instant.ofEpochMilli(started);
    String error = status.equals("failed") ? "why " + lane : null;
    return new StoredRun(
        "r",
        "user",
        lane,
        2,
        kind,
        moment,
        status.startsWith("running") ? null : moment.plusMillis(100),
        status,
        1,
        10,
        0,
        0,
        0,
        0,
        0,
        null,
        null,
        null,
        error,
        null,
        process);
  }

  private static StoredRun sync(int lane, String status, long started) {
    return run(lane, "sync", status, started);
  }

  private static StreamRuns runs(boolean running, int lanes, StoredRun... all) {
    return StreamRuns.of(List.of(all), lanes, false, Optional.of(running));
  }

  @Test
  void a_stream_stands_as_the_worst_of_its_lanes() {
    StoredRun fine = sync(0, "caught_up", 1000);

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
    StoredRun running = sync(0, "running", 1000);

    assertThat(runs(true, 2, running, sync(1, "failed", 900)).error()).contains("lane 1: why 1");
    assertThat(runs(true, 2, sync(1, "running", 1100), running, sync(1, "failed", 900)).error())
        .isEmpty();
    assertThat(runs(true, 1, sync(0, "failed", 900)).error()).isEmpty();
  }

  @Test
  void lanes_that_were_joined_do_not_count() {
    StreamRuns runs = runs(false, 1, sync(1, "failed", 1000), sync(0, "caught_up", 900));

    assertThat(runs.state()).isEqualTo(StreamState.CAUGHT_UP);
    assertThat(runs.latest()).extracting(StoredRun::lane).containsExactly(0);
  }

  @Test
  void rows_tell_whether_a_stream_runs_where_nothing_else_does() {
    List<StoredRun> running = List.of(sync(0, "running", 1000), sync(1, "caught_up", 900));

    assertThat(StreamRuns.of(running, 2, false, Optional.empty()).state())
        .isEqualTo(StreamState.RUNNING);
    assertThat(StreamRuns.of(running, 2, false, Optional.of(false)).state())
        .isEqualTo(StreamState.BROKEN_OFF);
  }

  @Test
  void a_run_of_another_process_that_goes_on_is_running_whatever_the_triggers_know() {
    List<StoredRun> elsewhere = List.of(run(0, "retry", "running", 1000, "4711@elsewhere - -"));

    assertThat(StreamRuns.of(elsewhere, 1, false, Optional.of(false)).state())
        .isEqualTo(StreamState.RUNNING);
    assertThat(StreamRuns.of(elsewhere, 1, false, Optional.empty()).state())
        .isEqualTo(StreamState.RUNNING);
  }

  @Test
  void what_cannot_be_known_is_told_as_such() {
    StoredRun unclear = sync(0, "running_or_broken_off", 1000);

    assertThat(runs(false, 1, unclear).state()).isEqualTo(StreamState.RUNNING_OR_BROKEN_OFF);
    assertThat(runs(true, 1, unclear).state()).isEqualTo(StreamState.RUNNING);
    assertThat(runs(false, 2, unclear, sync(1, "broken_off", 900)).state())
        .isEqualTo(StreamState.BROKEN_OFF);
    assertThat(runs(false, 1, unclear, run(0, "refresh", "failed", 900)).error()).isEmpty();
  }

  @Test
  void a_scheduled_refresh_that_failed_is_told_until_another_is_caught_up() {
    List<StoredRun> failed = List.of(sync(0, "caught_up", 1000), run(0, "refresh", "failed", 900));

    StreamRuns scheduled = StreamRuns.of(failed, 1, true, Optional.empty());
    assertThat(scheduled.state()).isEqualTo(StreamState.FAILED);
    assertThat(scheduled.error()).contains("why 0");
    assertThat(StreamRuns.of(failed, 1, false, Optional.empty()).state())
        .as("one by hand, long ago")
        .isEqualTo(StreamState.CAUGHT_UP);
    assertThat(StreamRuns.refreshes(failed, 1).state()).isEqualTo(StreamState.FAILED);
  }
}
