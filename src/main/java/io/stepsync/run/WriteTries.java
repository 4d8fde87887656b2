package io.stepsync.run;

import java.sql.SQLException;
import java.time.Duration;

/**
 * How often a window, or the end of a run, was written, and how long to wait before the next time.
 * Not thread-safe.
 */
public final class WriteTries {

  /** With the waits below, half a minute: a database restarts in less. */
  private static final int MOST_FAULTS = 10;

  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

  private boolean written;
  private boolean refusedInVain;
  private int faults;
  private Duration wait = Duration.ZERO;

  public void written() {
    written = true;
  }

  /** What was refused is left out. */
  public void againNow() {
    wait = Duration.ZERO;
  }

  /** Nothing that is refused was found: throws the second {@code refusal} of that kind. */
  public void againOnce(SQLException refusal) throws SQLException {
    if (refusedInVain) {
      throw refusal;
    }
    refusedInVain = true;
    againNow();
  }

  /** Throws {@code fault} after too many of them. */
  void againLater(SQLException fault) throws SQLException {
    if (++faults > MOST_FAULTS) {
      throw fault;
    }
    wait = FIRST_WAIT.multipliedBy(1L << (faults - 1));
    wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  /** The next fault is the last: so many of them were waited for elsewhere. */
  public void onceMore() {
    faults = MOST_FAULTS;
  }

  /** Behind a fault nobody knows whether what was sent before it was carried out. */
  boolean isInDoubt() {
    return faults > 0;
  }

  boolean isWritten() {
    return written;
  }

  Duration delay() {
    return wait;
  }
}
