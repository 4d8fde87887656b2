package io.stepsync.sync;

/**
 * What is known of the most records that the API puts into an answer. It is taken to be one number,
 * though which records a longer answer lacks may be any.
 *
 * <p>An answer with fewer records than one that was seen before cannot have been cut, nor can one
 * with a record for each ID of its window. Any other may have been, and is proved before it
 * commits: its window is asked again, with records below it or in two parts.
 *
 * <p>Immutable.
 *
 * @param largest the most records that an answer ever held; 0 before the first
 * @param limit the number at which answers are cut; 0 where it is not known
 */
public record AnswerLimit(long largest, long limit) {

  /** Nothing is known yet. */
  public static final AnswerLimit UNKNOWN = new AnswerLimit(0, 0);

  /**
   * @throws IllegalArgumentException if one is negative
   */
  public AnswerLimit {
    if (largest < 0 || limit < 0) {
      throw new IllegalArgumentException(
          "largest and limit must be >= 0, was " + largest + " and " + limit);
    }
  }

  /** Tells whether the API may have left out records of {@code window}. */
  public boolean mayBeCapped(IdWindow window, Records records) {
    boolean oneForEachId = records.ids() == window.width() && records.count() == records.ids();
    if (window.isSingle() || oneForEachId) {
      return false;
    }
    return limit > 0 ? records.count() >= limit : records.count() >= largest;
  }

  /** Returns what is known after an answer of {@code count} records. */
  AnswerLimit seen(long count) {
    return new AnswerLimit(Math.max(largest, count), count > limit ? 0 : limit);
  }

  /** Returns what is known once answers are known to be cut at {@code count} records. */
  AnswerLimit cutAt(long count) {
    return new AnswerLimit(Math.max(largest, count), count);
  }
}
