package io.stepsync.window;

/**
 * What is known of the IDs from {@code firstId} up to the next that are known of, or to where the
 * next run starts: they hold so many records at least. To ask for them again gives a larger answer.
 *
 * <p>Immutable.
 *
 * @param firstId the first of the IDs, at least 0
 * @param records the records, at least 0
 */
public record RecordsBelow(long firstId, long records) {

  /** No record is known of. */
  public static final RecordsBelow NOTHING = new RecordsBelow(0, 0);

  /**
   * @throws IllegalArgumentException if one is negative
   */
  public RecordsBelow {
    if (firstId < 0 || records < 0) {
      throw new IllegalArgumentException(
          "firstId and records must be >= 0, was " + firstId + " and " + records);
    }
  }

  RecordsBelow and(RecordsBelow above) {
    return new RecordsBelow(firstId, records + above.records);
  }
}
