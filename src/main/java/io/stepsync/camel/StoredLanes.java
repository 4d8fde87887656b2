package io.stepsync.camel;

import io.stepsync.sync.AnswerLimit;
import io.stepsync.sync.Checkpoint;
import io.stepsync.sync.Lanes;
import java.util.List;

/**
 * The lanes of a stream as its state rows have them, in the order of their numbers.
 *
 * <p>Immutable.
 */
record StoredLanes(List<StoredLane> rows) {

  StoredLanes {
    rows = List.copyOf(rows);
  }

  /**
   * Returns the lane of a number.
   *
   * @throws LanesCutException if it is not there any more
   */
  StoredLane get(int number) {
    if (number >= rows.size()) {
      throw new LanesCutException();
    }
    return rows.get(number);
  }

  int count() {
    return rows.size();
  }

  /** Returns into how many lanes the stream was to be cut. */
  int cutInto() {
    return rows.get(0).cutInto();
  }

  /**
   * Returns the lanes.
   *
   * @throws IllegalStateException if the rows leave IDs out, or have some twice
   */
  Lanes lanes() {
    try {
      return new Lanes(rows.stream().map(StoredLane::lane).toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("the state rows are damaged: " + e.getMessage(), e);
    }
  }

  /** Returns the ID behind the highest that was found. */
  Checkpoint reached() {
    return lanes().reached();
  }

  long highestVersion() {
    return rows.stream().mapToLong(StoredLane::version).max().orElseThrow();
  }

  /** Returns what any of the lanes learned of the API's limit. */
  AnswerLimit answerLimit() {
    AnswerLimit known = AnswerLimit.UNKNOWN;
    for (StoredLane row : rows) {
      AnswerLimit other = row.answerLimit();
      known =
          new AnswerLimit(
              Math.max(known.largest(), other.largest()), least(known.limit(), other.limit()));
    }
    return known;
  }

  private static long least(long one, long other) {
    return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
  }

  /**
   * Returns the lanes that a trigger runs behind the one of {@code number}; none after the last.
   */
  Integer behind(int number) {
    int next = number + Math.max(1, cutInto());
    return next < count() ? next : null;
  }
}
