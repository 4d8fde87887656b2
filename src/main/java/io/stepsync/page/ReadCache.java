package io.stepsync.page;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * What was read is kept for a second, or ten times as long as the reading took, so that open pages
 * never load the database by more than a tenth of a connection. Thread-safe.
 */
final class ReadCache<T> {

  private static final long LEAST = Duration.ofSeconds(1).toNanos();
  private static final long TIMES = 10;

  private final Supplier<T> source;
  private T value;
  private long until;

  ReadCache(Supplier<T> source) {
    this.source = source;
  }

  synchronized T get() {
    long asked = System.nanoTime();
    if (value == null || asked - until >= 0) {
      value = source.get();
      long read = System.nanoTime();
      until = read + Math.max(LEAST, TIMES * (read - asked));
    }
    return value;
  }

  /** The next one who asks gets it fresh. */
  synchronized void forget() {
    value = null;
  }
}
