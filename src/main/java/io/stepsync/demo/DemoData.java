package io.stepsync.demo;

import java.util.stream.LongStream;

/**
 * The demo API's records at one moment: IDs from 1 upwards, in which each {@code gapEvery}-th may
 * be unused.
 *
 * <p>Nothing is stored: each answer is computed from the ID, at a cost that grows with the records
 * asked for, never with those that exist. Immutable and thread-safe.
 */
public final class DemoData {
  private final int gapEvery;
  private final long highestId;

  /**
   * @param records how many records exist, at least 0; those that would need an ID above
   *     2<sup>63</sup>−1 are left out
   * @param gapEvery each n-th ID is unused, n at least 2; 0 leaves no gaps
   */
  DemoData(long records, int gapEvery) {
    this.gapEvery = gapEvery;
    this.highestId = idOf(records);
  }

  /** Returns the highest used ID; 0 where there are no records. */
  public long highestId() {
    return highestId;
  }

  /** Tells whether there is a record of {@code id}. */
  public boolean has(long id) {
    return id >= 1 && id <= highestId && !isGap(id);
  }

  /**
   * Returns the used IDs of {@code firstId..lastId}, both inclusive, in ascending order; none where
   * {@code firstId} is above {@code lastId}.
   */
  public LongStream ids(long firstId, long lastId) {
    return LongStream.rangeClosed(Math.max(firstId, 1), Math.min(lastId, highestId))
        .filter(id -> !isGap(id));
  }

  /**
   * Returns the record of {@code id}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public DemoRecord record(long id) {
    if (!has(id)) {
      throw new IllegalArgumentException("there is no record of ID " + id);
    }
    return DemoRecord.of(id);
  }

  private boolean isGap(long id) {
    return gapEvery > 0 && id % gapEvery == 0;
  }

  /** Returns the ID of the {@code nth} record: n, and one more for each gap below it. */
  private long idOf(long nth) {
    long gaps = gapEvery == 0 || nth == 0 ? 0 : (nth - 1) / (gapEvery - 1);
    return nth <= Long.MAX_VALUE - gaps ? nth + gaps : highestPossibleId();
  }

  private long highestPossibleId() {
    return isGap(Long.MAX_VALUE) ? Long.MAX_VALUE - 1 : Long.MAX_VALUE;
  }
}
