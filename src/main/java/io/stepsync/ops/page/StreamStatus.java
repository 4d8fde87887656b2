package io.stepsync.ops.page;

/**
 * How a stream stands. Times are milliseconds since 1970, IDs are text.
 *
 * @param state running, caught_up, failed, stopped, unfinished or never
 * @param paused whether its trigger is passed over
 * @param error why the last run failed, behind the lane where there are several; null unless it did
 * @param lanes how many it has
 * @param checkpoint the first ID that is not settled in any lane; null before the first run
 * @param maxId the last ID ever asked; null for none
 * @param head the API's highest ID, where it told one at the start of a run that is kept
 * @param lag the IDs up to the head that are not settled; null where that is not known
 * @param next when its schedule fires next; null for never
 * @param refresh null where there is none
 * @param run the latest run, of all lanes together; null for none
 */
record StreamStatus(
    String name,
    String url,
    String table,
    String state,
    boolean paused,
    String error,
    int lanes,
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
