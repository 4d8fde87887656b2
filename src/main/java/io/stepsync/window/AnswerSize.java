package io.stepsync.window;

/**
 * How large an answer is. An API may cut its answers by either number: a limit on the rows of a
 * join cuts by records, one on their parents by IDs.
 *
 * <p>Immutable.
 *
 * @param records the records, those with the same ID included, at least 0
 * @param ids the different IDs among them, at most {@code records} in an answer
 */
public record AnswerSize(long records, long ids) {

  /** No record. */
  public static final AnswerSize NOTHING = new AnswerSize(0, 0);

  /**
   * @throws IllegalArgumentException if one is negative
   */
  public AnswerSize {
    if (records < 0 || ids < 0) {
      throw new IllegalArgumentException(
          "records and ids must be >= 0, was " + records + " and " + ids);
    }
  }

  /** Returns the larger of the two numbers each. */
  public AnswerSize most(AnswerSize other) {
    return new AnswerSize(Math.max(records, other.records), Math.max(ids, other.ids));
  }

  /** Tells whether one of the numbers is less than that of {@code other}. */
  boolean isSmallerThan(AnswerSize other) {
    return records < other.records || ids < other.ids;
  }
}
