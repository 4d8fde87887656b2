package io.stepsync.ops.page;

/**
 * How a stream stands. Times are milliseconds since 1970, IDs are text.
 *
 * @param state running, caught_up, failed, stopped, unfinished or never
 * @param paused whether its trigger is passed over
 * @param error why the last run failed; null unless {@code state} is failed
 * @param checkpoint null before the first run
 * @param maxId the last ID ever asked; null for none
 * @param head the API's highest ID, where it told one at the start of a run that is kept
 * @param lag the IDs from the checkpoint to the head; null where that is not known
 * @param next when its schedule fires next; null for never
 * @param refresh null where there is none
 * @param run the latest run; null for none
 */
record StreamStatus(
    String name,
    String url,
    String table,
    String state,
    boolean paused,
    String error,
    String checkpoint,
    String maxId,
    String head,
    String lag,
    long deadLetters,
    Long next,
    Refresh refresh,
    RunRow run) {

  /**
   * How far a refresh is.
   *
   * @param position where it goes on
   * @param share of the IDs below the checkpoint, 0 to 1
   * @param running whether it runs now; one that was stopped goes on behind a later run
   */
  record Refresh(String position, double share, boolean running) {}
}
