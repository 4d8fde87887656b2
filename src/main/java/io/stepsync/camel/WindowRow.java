package io.stepsync.camel;

import io.stepsync.sync.IdWindow;
import java.util.Map;

/**
 * A row of stepsync_window: a window that was committed, or the empty windows of a gap.
 *
 * <p>Immutable.
 *
 * @param ids the IDs asked
 * @param records the records of the answer, refused ones and duplicates included
 * @param millis how long the answer took, with retries and waits; 0 where there was none
 * @param attempts the requests that were made for it; 0 where it came from the dead letters
 */
record WindowRow(IdWindow ids, long records, long millis, int attempts) {

  /** Tells whether both are empty, and nothing lies between them. */
  boolean isOneGapWith(WindowRow next) {
    return records == 0 && next.records == 0 && ids.lastId() + 1 == next.ids.firstId();
  }

  WindowRow and(WindowRow next) {
    return new WindowRow(
        new IdWindow(ids.firstId(), next.ids.lastId()),
        0,
        millis + next.millis,
        attempts + next.attempts);
  }

  /** Returns the values that {@code window-new.sql} names. */
  Map<String, Object> parameters(String run) {
    return Map.of(
        "run", run,
        "first", ids.firstId(),
        "last", ids.lastId(),
        "records", records,
        "ms", millis,
        "attempts", attempts);
  }
}
