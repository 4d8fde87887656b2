package io.stepsync.window;

/**
 * A part of a stream's IDs that is run by itself, and how far it is.
 *
 * <p>Immutable.
 *
 * @param firstId the lane's first ID, at least 0; 0 for the lowest lane, whatever the initial ID is
 * @param lastId the lane's last ID; {@link Long#MAX_VALUE} for the highest lane, which has no end
 * @param checkpoint the lane's next ID that is not settled, at least {@code firstId}
 * @param known what its next run must know of the records below the checkpoint
 * @param refreshId where its refresh goes on; {@code firstId} where none is under way
 * @param young which IDs below the checkpoint may still come
 * @param loaded whether a run of it was caught up
 * @param density how many IDs there are for each record
 */
public record Lane(
    long firstId,
    long lastId,
    Checkpoint checkpoint,
    RecordsBelow known,
    long refreshId,
    YoungIds young,
    boolean loaded,
    Density density) {

  /** A lane of which no ID is young, and that was never caught up. */
  public Lane(
      long firstId, long lastId, Checkpoint checkpoint, RecordsBelow known, long refreshId) {
    this(firstId, lastId, checkpoint, known, refreshId, YoungIds.NONE, false, Density.UNKNOWN);
  }

  /**
   * @throws IllegalArgumentException if the IDs are not in that order
   */
  public Lane {
    if (firstId < 0
        || lastId < firstId
        || checkpoint.currentId() < firstId
        || refreshId < firstId) {
      throw new IllegalArgumentException(
          "a lane must be 0 <= firstId <= lastId, checkpoint and refresh from firstId on, was "
              + firstId
              + ", "
              + lastId
              + ", "
              + checkpoint.currentId()
              + ", "
              + refreshId);
    }
  }

  /** Returns a lane of which nothing was asked, a part of {@code of}. */
  static Lane untouched(long firstId, long lastId, Lane of) {
    return new Lane(
        firstId,
        lastId,
        new Checkpoint(firstId),
        RecordsBelow.NOTHING,
        firstId,
        YoungIds.NONE,
        of.loaded,
        of.density);
  }

  /** Tells whether the lane has no end but that of the stream. */
  public boolean isOpenEnded() {
    return lastId == Long.MAX_VALUE;
  }

  /** Tells whether the lane begins and ends where {@code other} does. */
  public boolean hasIdsOf(Lane other) {
    return firstId == other.firstId && lastId == other.lastId;
  }

  /** Tells whether all IDs of the lane are settled. */
  public boolean isSettled() {
    return !isOpenEnded() && checkpoint.currentId() > lastId;
  }

  /** Tells whether a record was found in the lane; the lowest one may have had none. */
  boolean isTouched() {
    return checkpoint.currentId() > firstId;
  }

  boolean isBeingRefreshed() {
    return refreshId > firstId;
  }

  /** Returns how many IDs up to {@code end} are not settled. */
  public long unsettled(long end) {
    long last = Math.min(lastId, end);
    long first = checkpoint.currentId();
    return last < first ? 0 : new IdWindow(first, last).width();
  }

  /** Tells whether one checkpoint can stand for this lane and {@code next}, the one behind it. */
  boolean canTake(Lane next) {
    return (isSettled() || !next.isTouched()) && !next.isBeingRefreshed();
  }

  Lane with(Lane next) {
    Lane reached = next.isTouched() ? next : this;
    return new Lane(
        firstId,
        next.lastId,
        reached.checkpoint,
        reached.known,
        refreshId,
        young.and(next.young),
        loaded || next.loaded,
        reached.density);
  }
}
