package io.stepsync.sync;

/**
 * A window that is asked again in parts, since its answer may be capped.
 *
 * <p>Immutable.
 *
 * @param count the records of that answer
 * @param settled the records that its parts had so far
 */
record Proof(IdWindow window, long count, long settled) {

  Proof with(long records) {
    return new Proof(window, count, settled + records);
  }

  /** A part as large as the whole, beside others that were not empty: answers are cut there. */
  boolean contradictedBy(long records) {
    return settled > 0 && records == count;
  }
}
