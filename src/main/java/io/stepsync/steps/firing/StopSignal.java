package io.stepsync.steps.firing;

import java.util.HashSet;
import java.util.Set;

/**
 * Has runs that no trigger fired end early: the exchange variable {@code stopSignal} of each. A run
 * that waits for an answer ends at once, any other after its window, so that no statement is broken
 * off.
 *
 * <p>Thread-safe.
 */
public final class StopSignal {

  /** What waits for an answer. */
  public interface Wait {
    void end() throws Exception;
  }

  private final Set<Thread> waiting = new HashSet<>();
  private boolean given;

  /** Ends the runs, and those that have yet to begin. */
  public synchronized void give() {
    given = true;
    waiting.forEach(Thread::interrupt);
  }

  public synchronized boolean isGiven() {
    return given;
  }

  /**
   * Does what the signal breaks off.
   *
   * @throws InterruptedException if the signal is given, now or before
   */
  public void during(Wait wait) throws Exception {
    enter();
    try {
      wait.end();
    } finally {
      leave();
    }
  }

  private synchronized void enter() throws InterruptedException {
    if (given) {
      throw new InterruptedException("the run was to end");
    }
    waiting.add(Thread.currentThread());
  }

  /** What comes after is not for the signal to break off. */
  private synchronized void leave() {
    waiting.remove(Thread.currentThread());
    if (given) {
      Thread.interrupted();
    }
  }
}
