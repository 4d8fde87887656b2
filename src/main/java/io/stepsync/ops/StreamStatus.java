package io.stepsync.ops;

import java.time.Instant;

/**
 * How a stream stands. The names are those of {@code --json}, and stay.
 *
 * @param state running, paused, caught_up, stopped, failed, broken_off (its process was killed) or
 *     never_run
 * @param pausedAt since when its trigger is passed over; null where it is not
 * @param checkpoint the next ID that is not settled; null before the first run
 * @param head the API's highest ID at the start of the last run; null where it tells none
 * @param lag the IDs from the checkpoint up to the head; null where there is none
 * @param lastSuccess when the last sync ended that was caught up; null for never
 * @param lastWritten when the checkpoint was written last; null for never
 * @param nextRun when its trigger fires next, where a {@code run} is alive; null for never
 * @param error why the last run failed; null if it did not
 * @param lastRun the last run that was a sync or a refresh; null for none
 * @param refresh null where the stream has no {@code refreshSchedule} and never had a refresh
 */
record StreamStatus(
    String stream,
    String state,
    Instant pausedAt,
    Long checkpoint,
    Long head,
    Long lag,
    Instant lastSuccess,
    Instant lastWritten,
    long deadLetters,
    Instant nextRun,
    String error,
    StoredRun lastRun,
    Refresh refresh) {

  /**
   * How the refresh of a stream stands.
   *
   * @param state as that of a stream
   * @param position where it goes on
   * @param begun whether it is in the middle of the IDs
   * @param nextDue behind which moment the next run is followed by a refresh; null for never
   * @param error why the last one failed; null if it did not
   */
  record Refresh(String state, long position, boolean begun, Instant nextDue, String error) {}

  String stateText() {
    return state.replace('_', ' ');
  }
}
