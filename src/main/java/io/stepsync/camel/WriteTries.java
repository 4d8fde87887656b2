package io.stepsync.camel;

import java.sql.SQLException;
import java.time.Duration;

/** How often a window was written, and how long to wait before the next time. Not thread-safe. */
final class WriteTries {

  /** With the waits below, half a minute: a database restarts in less. */
  private static final int MOST_FAULTS = 10;

  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

  private boolean written;
  private boolean rowsRemoved;
  private int faults;
  private Duration wait = Duration.ZERO;

  void written() {
    written = true;
  }

  /** The rows that were refused are gone; should others be refused now, there is no end to it. */
  void againNow() {
    if (rowsRemoved) {
      throw new IllegalStateException(
          "the database must take a window without the rows that it refused, but it does not");
    }
    rowsRemoved = true;
    wait = Duration.ZERO;
  }

  /** Throws {@code fault} after too many of them. */
  void againLater(SQLException fault) throws SQLException {
    if (++faults > MOST_FAULTS) {
      throw fault;
    }
    wait = FIRST_WAIT.multipliedBy(1L << (faults - 1));
    wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
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
