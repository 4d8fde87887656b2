package io.stepsync.run;

import io.stepsync.http.AnswerException;
import io.stepsync.window.IdWindow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The room in memory that the answers of all streams share, by {@link HeapShare}. A window at work
 * waits for its place, in the order of those that came; one that is asked ahead has one at once, or
 * is asked later. Who waits must not have a place, so those that have one always go on.
 *
 * <p>Thread-safe. A place is used by one thread at a time, but may be left by any.
 */
public final class AnswerRoom {

  private static final AnswerRoom OF_PROCESS =
      new AnswerRoom(HeapShare.of(Runtime.getRuntime().maxMemory()));

  /** By so much a place grows at least, so that there is no lock for each part of an answer. */
  private static final long STEP = 1 << 20;

  private final HeapShare share;
  private final Deque<Object> waiting = new ArrayDeque<>();

  AnswerRoom(HeapShare share) {
    this.share = share;
  }

  /** Returns the room of all streams in this process. */
  public static AnswerRoom ofProcess() {
    return OF_PROCESS;
  }

  /**
   * Refuses an answer that is too long for this heap even alone, if narrower windows can have
   * shorter ones.
   *
   * @param bytes what the answer has so far
   * @throws AnswerException if so
   */
  public void requireFitting(IdWindow window, long bytes) {
    if (bytes > share.most() && !window.isSingle()) {
      throw new AnswerException(
          "the answer must be at most %d bytes with this heap (-Xmx), was longer"
              .formatted(share.most()),
          AnswerException.Trouble.TOO_LARGE);
    }
  }

  /** Returns a place for a window that is asked ahead, if there is one now. */
  synchronized Optional<Place> ahead(long bytes) {
    boolean free = waiting.isEmpty() && share.fits(bytes);
    return free ? Optional.of(entered(bytes, true)) : Optional.empty();
  }

  /** Returns a place for a window at work, if there is one now. */
  synchronized Optional<Place> atWorkNow(long bytes) {
    boolean free = waiting.isEmpty() && (share.fits(bytes) || share.isEmpty());
    return free ? Optional.of(entered(bytes, false)) : Optional.empty();
  }

  /**
   * Returns a place for a window at work, once there is one. The caller must have no other.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile; then there is none
   */
  synchronized Place awaitAtWork(long bytes) throws InterruptedException {
    Object turn = new Object();
    waiting.add(turn);
    try {
      while (waiting.peek() != turn || !(share.fits(bytes) || share.isEmpty())) {
        wait();
      }
      return entered(bytes, false);
    } finally {
      waiting.remove(turn);
      notifyAll();
    }
  }

  /** As {@link #awaitAtWork}, a place beside which there is no other, until it is known smaller. */
  Place awaitAlone() throws InterruptedException {
    return awaitAtWork(share.all());
  }

  private Place entered(long bytes, boolean ahead) {
    share.enter(bytes);
    return new Place(bytes, ahead);
  }

  /** The room that an answer has. */
  public final class Place {

    private volatile long bytes;
    private boolean ahead;
    private volatile boolean left;
    private volatile Runnable makeRoom = () -> {};

    private Place(long bytes, boolean ahead) {
      this.bytes = bytes;
      this.ahead = ahead;
    }

    /**
     * The window is at work.
     *
     * @param leaving has other places left, by those who have them, where the answer does not fit
     */
    void toWork(Runnable leaving) {
      synchronized (AnswerRoom.this) {
        ahead = false;
        makeRoom = leaving;
      }
    }

    /**
     * Makes sure of so many bytes of the answer.
     *
     * @throws NoRoomException if they do not fit, or the place was left
     */
    public void require(long total) {
      if ((total > bytes || left) && !isGrown(total)) {
        makeRoom.run();
        if (!isGrown(total)) {
          throw new NoRoomException(total);
        }
      }
    }

    private boolean isGrown(long total) {
      synchronized (AnswerRoom.this) {
        long wanted = Math.max(total, bytes + STEP);
        long more = (share.fits(wanted - bytes) ? wanted : total) - bytes;
        boolean free = share.fits(more) && (!ahead || waiting.isEmpty());
        if (left || !(free || (share.isSingle() && !ahead))) {
          return false;
        }
        share.add(more);
        bytes += more;
        return true;
      }
    }

    /** The answer is read, and has so many bytes, for which there is room. */
    public void settle(long total) {
      synchronized (AnswerRoom.this) {
        if (!left) {
          share.add(total - bytes);
          bytes = total;
          AnswerRoom.this.notifyAll();
        }
      }
    }

    boolean isLeft() {
      synchronized (AnswerRoom.this) {
        return left;
      }
    }

    /** The answer is no longer in memory. It may be said more than once. */
    void leave() {
      synchronized (AnswerRoom.this) {
        if (!left) {
          left = true;
          share.leave(bytes);
          AnswerRoom.this.notifyAll();
        }
      }
    }
  }

  /** An answer is longer than there is room for now; it is asked again when there is. */
  static final class NoRoomException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long bytes;

    /**
     * @param bytes how many bytes the answer has at least
     */
    NoRoomException(long bytes) {
      super("there is no room for the answer now");
      this.bytes = bytes;
    }

    long bytes() {
      return bytes;
    }
  }
}
