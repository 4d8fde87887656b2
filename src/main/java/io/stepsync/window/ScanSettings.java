package io.stepsync.window;

/**
 * The settings of a stream that decide which IDs a run asks for.
 *
 * <p>Immutable.
 *
 * @param initialId the first ID ever asked, at least 0
 * @param stepSize the IDs in the first window, and the records that an answer should have, at least
 *     1
 * @param maxStepSize the most IDs in a window, at least {@code stepSize}; as many keep windows
 *     fixed
 * @param maxId the last ID ever asked, at least {@code initialId}; {@link Long#MAX_VALUE} for none
 * @param maxGap the unused IDs in a row after which a run is caught up, at least 0; 0 stops at the
 *     first empty window
 * @param lookback the IDs below the checkpoint that each run reads again, at least 0
 * @param responseLimit the number of records at which the API cuts its answers, at least 1; 0 where
 *     it is not known
 * @param wideGaps whether a gap may be wider than {@code maxGap} where IDs are sparse
 * @param openEnded whether an answer is not bound by its window, but has the lowest IDs from there
 *     on, up to a limit
 * @param closed whether IDs above {@code maxId} are in use, so that a gap up to it is crossed
 * @param settleAfter for how long a record may become visible after a higher ID was seen, in
 *     milliseconds, at least 0; 0 where unused IDs below the highest are not asked again
 */
public record ScanSettings(
    long initialId,
    long stepSize,
    long maxStepSize,
    long maxId,
    long maxGap,
    long lookback,
    long responseLimit,
    boolean wideGaps,
    boolean openEnded,
    boolean closed,
    long settleAfter) {

  /**
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public ScanSettings {
    check("initialId", initialId, 0);
    check("stepSize", stepSize, 1);
    if (maxStepSize < stepSize) {
      throw new IllegalArgumentException(
          "maxStepSize must be >= stepSize (" + stepSize + "), was " + maxStepSize);
    }
    if (maxId < initialId) {
      throw new IllegalArgumentException(
          "maxId must be >= initialId (" + initialId + "), was " + maxId);
    }
    check("maxGap", maxGap, 0);
    check("lookback", lookback, 0);
    check("responseLimit", responseLimit, 0);
    check("settleAfter", settleAfter, 0);
  }

  /**
   * As the other, with gaps of {@code maxGap} IDs at most, windows that bound their answers, and
   * records that are never late.
   */
  ScanSettings(
      long initialId,
      long stepSize,
      long maxStepSize,
      long maxId,
      long maxGap,
      long lookback,
      long responseLimit) {
    this(
        initialId,
        stepSize,
        maxStepSize,
        maxId,
        maxGap,
        lookback,
        responseLimit,
        false,
        false,
        false,
        0);
  }

  private static void check(String setting, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(setting + " must be >= " + least + ", was " + value);
    }
  }

  /** Returns the settings of a run that knows the highest ID of its source. */
  public ScanSettings upTo(long head) {
    return between(initialId, head, Long.MAX_VALUE, lookback, closed && head > maxId, settleAfter);
  }

  /** Returns the settings of a run that reads again what lies below {@code checkpoint}. */
  public ScanSettings below(Checkpoint checkpoint) {
    return between(initialId, checkpoint.currentId() - 1, Long.MAX_VALUE, 0, false, 0);
  }

  /**
   * Returns the settings of a run of {@code lane}.
   *
   * @param highestId the highest ID that is known to be in use
   */
  public ScanSettings of(Lane lane, long highestId) {
    long first = Math.min(maxId, Math.max(initialId, lane.firstId()));
    if (lane.isOpenEnded()) {
      return between(first, maxId, maxGap, lookback, false, settleAfter);
    }
    boolean isClosed = lane.lastId() < Math.min(highestId, maxId);
    return between(first, lane.lastId(), Long.MAX_VALUE, lookback, isClosed, settleAfter);
  }

  private ScanSettings between(
      long firstId, long lastId, long gap, long back, boolean isClosed, long settle) {
    return new ScanSettings(
        firstId,
        stepSize,
        maxStepSize,
        Math.max(firstId, Math.min(maxId, lastId)),
        gap,
        back,
        responseLimit,
        wideGaps,
        openEnded,
        isClosed,
        settle);
  }

  /** Returns these settings where records become visible at most so many milliseconds late. */
  ScanSettings settlingAfter(long millis) {
    return between(initialId, maxId, maxGap, lookback, closed, millis);
  }

  /** Returns the first ID that a run asks which starts at {@code checkpoint}. */
  long firstIdFor(Checkpoint checkpoint) {
    long back = checkpoint.currentId() - Math.min(lookback, checkpoint.currentId());
    return Math.max(initialId, back);
  }

  /**
   * Returns after how many unused IDs in a row a run is caught up.
   *
   * @param checkpoint behind the highest ID that was seen
   */
  long gapAfter(Checkpoint checkpoint, Density density) {
    return wideGaps ? density.gap(maxGap, stepSize, checkpoint.currentId()) : maxGap;
  }
}
