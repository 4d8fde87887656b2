package io.stepsync.bench.rival;

import java.time.Duration;

/** A way to copy the API's records. Used by one thread. */
public interface Rival extends AutoCloseable {

  /** Makes everything as before the first run: no rows, no state. */
  void empty() throws Exception;

  /** Makes the next run start over, and leaves the rows as they are. */
  void rewind() throws Exception;

  /** Copies everything, and returns the time from the first request to the last commit. */
  Duration copy() throws Exception;

  /** Returns the rows that are there now. */
  long count() throws Exception;

  /** Work that is timed. */
  interface Work {
    void run() throws Exception;
  }

  /** Does the work, and returns how long it took. */
  static Duration timed(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
