package io.stepsync.window;

/**
 * How many IDs there are for each record, about: 1 where all are in use, millions where IDs are
 * times.
 *
 * <p>Immutable.
 *
 * @param idsPerRecord at least 1; 0 where it is not known
 */
public record Density(long idsPerRecord) {

  /** Nothing is known yet. */
  public static final Density UNKNOWN = new Density(0);

  /** From so many IDs a record on they are sparse: windows are wider than a step. */
  private static final long SPARSE = 4;

  /** So many records weigh as much as what was known before. */
  private static final long WEIGHT = 8;

  /** The records' worth of unused IDs after which a run is caught up, in steps and at least. */
  private static final long STEPS_OF_GAP = 64;

  private static final long RECORDS_OF_GAP = 1000;

  private static final long MOST_STEPS_OF_GAP = 1024;

  /** IDs with a gap of one part in so many of all IDs below are taken to go on behind it. */
  private static final int GAP_OF_ALL_BITS = 20;

  /**
   * @throws IllegalArgumentException if the number is negative
   */
  public Density {
    if (idsPerRecord < 0) {
      throw new IllegalArgumentException("ids_per_record must be >= 0, was " + idsPerRecord);
    }
  }

  boolean isKnown() {
    return idsPerRecord > 0;
  }

  /** Tells whether windows of a step would be nearly empty. */
  public boolean isSparse() {
    return idsPerRecord >= SPARSE;
  }

  /** Returns what so many records in {@code ids} IDs tell, whatever was known before. */
  static Density of(long records, long ids) {
    return new Density(Math.max(1, ids / records));
  }

  /**
   * Returns what is known after a few records, at least one, in {@code ids} IDs: a burst of them
   * halves the IDs of each at most.
   */
  Density with(long records, long ids) {
    long before = Math.max(1, idsPerRecord);
    long sum = plus(ids, times(WEIGHT, before));
    Density after = new Density(Math.max(Math.max(1, before / 2), sum / (records + WEIGHT)));
    boolean tellsNothing = !isKnown() && !after.isSparse() && records < WEIGHT;
    return tellsNothing ? this : after;
  }

  /**
   * Returns the IDs of a window that has about {@code records} records.
   *
   * @param dense what it is where IDs are not sparse
   */
  long width(long records, long dense) {
    if (!isSparse()) {
      return dense;
    }
    return times(records, Long.highestOneBit(plus(idsPerRecord, idsPerRecord / 2)));
  }

  /**
   * Returns after how many unused IDs a run is caught up.
   *
   * @param maxGap after so many at least
   * @param stepSize the records that a window has
   * @param highest the highest ID so far
   */
  long gap(long maxGap, long stepSize, long highest) {
    if (!isKnown()) {
      return Math.max(maxGap, highest);
    }
    long records = Math.max(RECORDS_OF_GAP, times(STEPS_OF_GAP, stepSize));
    long sparse = isSparse() ? times(idsPerRecord, records) : 0;
    long wide = times(times(Math.max(1, idsPerRecord), stepSize), MOST_STEPS_OF_GAP);
    return Math.max(maxGap, Math.max(sparse, Math.min(highest >> GAP_OF_ALL_BITS, wide)));
  }

  /** Returns the product, or {@link Long#MAX_VALUE} where that is too small for it. */
  static long times(long one, long other) {
    return one > Long.MAX_VALUE / Math.max(1, other) ? Long.MAX_VALUE : one * other;
  }

  private static long plus(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }
}
