package io.stepsync.sync;

/**
 * An inclusive range of IDs, {@code firstId..lastId}, that is asked in one request.
 *
 * <p>Immutable. IDs are whole numbers from 0 to 2<sup>63</sup>−1.
 *
 * @param firstId the lowest ID of the window, at least 0
 * @param lastId the highest ID of the window, at least {@code firstId}
 */
public record IdWindow(long firstId, long lastId) {

  /**
   * @throws IllegalArgumentException if {@code firstId} is negative or above {@code lastId}
   */
  public IdWindow {
    if (firstId < 0 || lastId < firstId) {
      throw new IllegalArgumentException(
          "a window must be 0 <= firstId <= lastId, was " + firstId + ".." + lastId);
    }
  }

  /** Returns the window of {@code width} IDs from {@code firstId}, cut off at {@code highestId}. */
  static IdWindow of(long firstId, long width, long highestId) {
    long distance = Math.min(width - 1, highestId - firstId);
    return new IdWindow(firstId, firstId + distance);
  }

  /** Tells whether {@code id} lies inside the window. */
  public boolean contains(long id) {
    return firstId <= id && id <= lastId;
  }

  /** The window as it is named in messages: {@code 1..1000}. */
  @Override
  public String toString() {
    return firstId + ".." + lastId;
  }
}
