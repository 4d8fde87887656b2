package io.stepsync.sync;

/**
 * The settings of a stream that decide which IDs a run asks for.
 *
 * <p>Immutable.
 *
 * @param initialId the first ID ever asked, at least 0
 * @param stepSize the IDs in a window, at least 1
 * @param maxStepSize the most IDs in a window that was widened over a gap, at least {@code
 *     stepSize}
 * @param maxId the last ID ever asked, at least {@code initialId}; {@link Long#MAX_VALUE} for none
 * @param maxGap the unused IDs in a row after which a run is caught up, at least 0; 0 stops at the
 *     first empty window
 */
public record ScanSettings(
    long initialId, long stepSize, long maxStepSize, long maxId, long maxGap) {

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
  }

  private static void check(String setting, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(setting + " must be >= " + least + ", was " + value);
    }
  }
}
