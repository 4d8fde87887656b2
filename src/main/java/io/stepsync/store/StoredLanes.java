package io.stepsync.store;

import io.stepsync.window.AnswerLimit;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.Lane;
import io.stepsync.window.Lanes;
import java.util.List;

/**
 * The lanes of a stream as its state rows have them, in the order of their numbers.
 *
 * <p>Immutable.
 */
public record StoredLanes(List<StoredLane> rows) {

  public StoredLanes {
    rows = List.copyOf(rows);
  }

  /**
   * Returns the lane of a number.
   *
   * @throws LanesCutException if it is not there any more
   */
  public StoredLane get(int number) {
    if (number >= rows.size()) {
      throw new LanesCutException();
    }
    return rows.get(number);
  }

  public int count() {
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
  public Lanes lanes() {
    try {
      return new Lanes(rows.stream().map(StoredLane::lane).toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("the state rows are damaged: " + e.getMessage(), e);
    }
  }

  /** Returns the ID behind the highest that was found. */
  public Checkpoint reached() {
    return lanes().reached();
  }

  public long highestVersion() {
    return rows.stream().mapToLong(StoredLane::version).max().orElseThrow();
  }

  /** Returns what any of the lanes learned of the API's limit. */
  public AnswerLimit answerLimit() {
    AnswerLimit known = AnswerLimit.UNKNOWN;
    for (StoredLane row : rows) {
      known = known.and(row.answerLimit());
    }
    return known;
  }

  /**
   * Returns the lanes that a trigger runs behind the one of {@code number}; none after the last.
   */
  public Integer behind(int number) {
    int next = number + Math.max(1, cutInto());
    return next < count() ? next : null;
  }

  /**
   * A lane as its state row has it.
   *
   * @param answerLimit what is known of the API's limit
   * @param version is raised with each change of the row
   * @param cutInto into so many lanes the stream was to be cut
   */
  public record StoredLane(Lane lane, AnswerLimit answerLimit, long version, int cutInto) {}

  /** The lane of a run is not there any more as it was: the stream's lanes were cut again. */
  public static final class LanesCutException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    public LanesCutException() {
      super("the stream's lanes were cut again");
    }
  }
}
