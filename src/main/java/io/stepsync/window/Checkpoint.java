package io.stepsync.window;

/**
 * The next ID that is not settled: all that a restart needs. It moves forward only, and only past
 * IDs that were seen, never to the end of a window (docs/decisions/0001-checkpoint.md).
 *
 * <p>Immutable.
 *
 * @param currentId the next ID to settle, at least 0; named {@code current_id} in the state table
 */
public record Checkpoint(long currentId) {

  /**
   * @throws IllegalArgumentException if {@code currentId} is negative
   */
  public Checkpoint {
    if (currentId < 0) {
      throw new IllegalArgumentException("current_id must be >= 0, was " + currentId);
    }
  }

  /**
   * Returns the checkpoint after a window whose highest record has the ID {@code highestId}. The
   * highest ID of all, 2<sup>63</sup>−1, has no successor: the checkpoint then stays on it, and the
   * record is read again by each run.
   */
  public Checkpoint movedPast(long highestId) {
    long next = highestId == Long.MAX_VALUE ? highestId : highestId + 1;
    return next > currentId ? new Checkpoint(next) : this;
  }
}
