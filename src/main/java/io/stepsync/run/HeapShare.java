package io.stepsync.run;

/**
 * How many bytes of answers may be in memory at once: those that are being read, that were asked
 * ahead, and of which the rows are being written. Each answer has a place; together they stay
 * within the share, but for a single one, which may be as long as it likes.
 *
 * <p>Not thread-safe.
 */
final class HeapShare {

  /**
   * The bytes of heap that an answer of one byte costs at its peak, when its rows are written:
   * docs/performance.md tells how it was measured, 4 where records are long texts, about 20 where
   * they are an ID and a word.
   */
  private static final int COST = 16;

  private final long most;
  private long taken;
  private int places;

  /**
   * @param most the share, in bytes of answers, at least 1
   */
  HeapShare(long most) {
    if (most < 1) {
      throw new IllegalArgumentException("a share must be >= 1 byte, was " + most);
    }
    this.most = most;
  }

  /**
   * Returns the share of a heap.
   *
   * @param heap its greatest size, in bytes, at least 0
   */
  static HeapShare of(long heap) {
    return new HeapShare(Math.max(1, heap / COST));
  }

  /** Returns the share, in bytes of answers. */
  long most() {
    return most;
  }

  /** Tells whether {@code bytes} fit beside what there is. */
  boolean fits(long bytes) {
    return bytes <= most - taken;
  }

  /** Tells whether there is no answer at all. */
  boolean isEmpty() {
    return places == 0;
  }

  /** Tells whether there is an answer, and no other. */
  boolean isSingle() {
    return places == 1;
  }

  /** Returns more than ever fits beside another. */
  long all() {
    return most + 1;
  }

  /** Gives an answer a place, whether or not it fits. */
  void enter(long bytes) {
    places++;
    taken += bytes;
  }

  /** An answer that has a place turned out longer, or shorter where {@code bytes} is below 0. */
  void add(long bytes) {
    taken += bytes;
  }

  /** An answer is no longer in memory. */
  void leave(long bytes) {
    places--;
    taken -= bytes;
  }
}
