package io.stepsync.cli;

import io.stepsync.store.budget.BudgetStatus;
import io.stepsync.store.history.StoredRun;
import io.stepsync.store.history.StreamState;
import java.time.Instant;
import java.util.List;

/**
 * How a stream stands. The names are those of {@code --json}, and stay.
 *
 * @param state running, paused, caught_up, stopped, failed, broken_off (its process was killed),
 *     running_or_broken_off (which of both cannot be known here) or never_run; caught_up only if
 *     all lanes are
 * @param pausedAt since when its trigger is passed over; null where it is not
 * @param checkpoint the next ID that is not settled; null before the first run
 * @param head the API's highest ID at the start of the last run; null where it tells none
 * @param lag the IDs up to the head that are not settled; null where there is none
 * @param lateSince when the firing was due that it is late with, where no thread was free until the
 *     schedule fired again; null where it is in time
 * @param young the unused IDs below the checkpoint that may still come, and are asked again
 * @param youngUntil when the last of them is of age; null where there is none
 * @param lastSuccess when the last sync ended that was caught up, the oldest of its lanes; null for
 *     never
 * @param lastWritten when the checkpoint was written last; null for never
 * @param nextRun when its trigger fires next, where a {@code run} is alive; null for never
 * @param error what it does not do because of its schedules, and why the last run failed, with its
 *     lane where there are several; null for neither
 * @param lastRun the last run that was a sync or a refresh; null for none
 * @param refresh null where the stream has no {@code refreshSchedule} and never had a refresh
 * @param verified what its last verify found; null where it had none
 * @param budget null where it has none
 * @param lanes null where the stream has one lane
 */
public record StreamStatus(
    String stream,
    StreamState state,
    Instant pausedAt,
    Instant lateSince,
    Long checkpoint,
    Long head,
    Long lag,
    long young,
    Instant youngUntil,
    Instant lastSuccess,
    Instant lastWritten,
    long deadLetters,
    Instant nextRun,
    String error,
    StoredRun lastRun,
    Refresh refresh,
    Verified verified,
    BudgetStatus budget,
    List<LaneStatus> lanes) {

  /**
   * What the last verify of a stream found.
   *
   * @param equal whether all was looked at that was to be, and nothing differed
   * @param differences how many records and rows differed
   * @param summary the same in words
   */
  public record Verified(Instant ended, boolean equal, long differences, String summary) {}

  /**
   * How a lane of a stream stands.
   *
   * @param firstId null for the lowest lane
   * @param lastId null for the highest lane, which has no end
   * @param lag the IDs of the lane up to the head that are not settled; null where there is no head
   * @param settled whether all of its IDs are
   * @param state that of its last run, as that of a stream
   * @param node where that run ran, in a cluster; null for elsewhere
   */
  public record LaneStatus(
      int lane,
      Long firstId,
      Long lastId,
      long checkpoint,
      Long lag,
      boolean settled,
      StreamState state,
      String node,
      String error) {}

  /**
   * How the refresh of a stream stands.
   *
   * @param state as that of a stream
   * @param position where it goes on, in the lowest lane where it is begun
   * @param lane which one that is; null where the stream has one lane
   * @param begun whether it is in the middle of the IDs
   * @param nextDue behind which moment the next run is followed by a refresh; null for never
   * @param error why the last one failed; null if it did not
   */
  public record Refresh(
      StreamState state,
      long position,
      Integer lane,
      boolean begun,
      Instant nextDue,
      String error) {}

  /** Returns how many of its lanes are in a state. */
  public long lanes(StreamState in) {
    return lanes.stream().filter(lane -> lane.state() == in).count();
  }
}
