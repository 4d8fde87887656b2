package io.stepsync.page;

import io.stepsync.store.history.StreamState;

/**
 * How a stream stands. Times are milliseconds since 1970, IDs are text.
 *
 * @param paused whether its trigger is passed over
 * @param late when the firing was due that it is late with; null where it is in time
 * @param error what it does not do because of its schedules, and why the last run failed, behind
 *     the lane where there are several, or that no run found a record; null for neither
 * @param lanes how many it has
 * @param checkpoint the first ID that is not settled in any lane; null before the first run
 * @param maxId the last ID ever asked; null for none
 * @param head the API's highest ID, where it told one at the start of a run that is kept
 * @param lag the IDs up to the head that are not settled; null where that is not known
 * @param young how many unused IDs below the checkpoint may still come
 * @param youngUntil when the last of them is of age; null where there is none
 * @param next when its schedule fires next; null for never
 * @param budget the requests that it shares with others; null for none
 * @param refresh null where there is none
 * @param verified what the last verify of it found; null for none
 * @param run the latest run, of all lanes together; null for none
 */
record TileStatus(
    String name,
    String url,
    String table,
    StreamState state,
    boolean paused,
    Long late,
    String error,
    int lanes,
    String checkpoint,
    String maxId,
    String head,
    String lag,
    String young,
    Long youngUntil,
    long deadLetters,
    Long next,
    Budget budget,
    Refresh refresh,
    Verified verified,
    RunRow run) {

  /**
   * A budget.
   *
   * @param name null where the stream has it for itself
   * @param heldUntil until when no request is made, as the API told; null where it is not held back
   */
  record Budget(String name, String limit, Long heldUntil) {}

  /**
   * How far a refresh is.
   *
   * @param position where it goes on
   * @param share of the IDs below the checkpoint, 0 to 1
   * @param running whether it runs now; one that was stopped goes on behind a later run
   */
  record Refresh(String position, double share, boolean running) {}

  /**
   * What a verify found.
   *
   * @param equal whether all was looked at that was to be, and nothing differed
   * @param summary the outcome in one line
   */
  record Verified(long ended, boolean equal, long differences, String summary) {}
}
