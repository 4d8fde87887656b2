package io.stepsync.window;

/**
 * What an adaptive step aims at: answers of about so many records that take about so long.
 *
 * <p>Immutable.
 *
 * @param records the most records that an answer should have, at least 1; 0 where the step size is
 *     not to adapt
 * @param millis the longest that an answer should take, at least 1
 */
public record AdaptiveStep(long records, long millis) {

  /** The step size stays as it is set. */
  public static final AdaptiveStep NONE = new AdaptiveStep(0, 1);

  /** What an answer tells of the step size. */
  enum Verdict {
    /** The answer was small and quick enough for one twice as wide. */
    WIDER,
    /** The answer was about as it should be. */
    AS_IS,
    /** The answer was too large or too slow. */
    NARROWER
  }

  /**
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public AdaptiveStep {
    if (records < 0 || millis < 1) {
      throw new IllegalArgumentException(
          "aimRecords must be >= 0 and aimMillis >= 1, was " + records + " and " + millis);
    }
  }

  /**
   * @param count the answer's records
   * @param took how long the answer took, in milliseconds
   * @param limit the number at which answers are cut, or 0; an answer should stay below it
   */
  Verdict judge(long count, long took, long limit) {
    if (records == 0) {
      return Verdict.AS_IS;
    }
    long most = limit > 0 ? Math.min(records, limit - 1) : records;
    if (count > most || took > millis) {
      return Verdict.NARROWER;
    }
    return count <= most / 2 && took <= millis / 2 ? Verdict.WIDER : Verdict.AS_IS;
  }
}
