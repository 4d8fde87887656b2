package io.stepsync.sync;

/**
 * What an answer with records holds.
 *
 * <p>Immutable.
 *
 * @param count the records, at least 1
 * @param ids the different IDs among them, 1 to {@code count}
 * @param medianId the ID in the middle of them
 * @param highestId the highest ID
 */
public record Records(long count, long ids, long medianId, long highestId) {

  /**
   * @throws IllegalArgumentException if there is no record, or more IDs than records
   */
  public Records {
    if (ids < 1 || count < ids) {
      throw new IllegalArgumentException(
          "records must be 1 <= ids <= count, was " + ids + " and " + count);
    }
  }
}
