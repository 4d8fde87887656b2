package io.stepsync.sync;

/**
 * What is known of the IDs from {@code firstId} up to the next that are known of, or to where the
 * next run starts: they hold so many records at least. To ask for them again gives a larger answer.
 *
 * <p>Immutable.
 *
 * @param firstId the first of the IDs, at least 0
 * @param records the records, at least 0
 */
public record Known(long firstId, long records) {

  /** No record is known of. */
  public static final Known NOTHING = new Known(0, 0);

  /**
   * @throws IllegalArgumentException if one is negative
   */
  public Known {
    if (firstId < 0 || records < 0) {
      throw new IllegalArgumentException(
          "firstId and records must be >= 0, was " + firstId + " and " + records);
    }
  }

  Known and(Known above) {
    return new Known(firstId, records + above.records);
  }
}
