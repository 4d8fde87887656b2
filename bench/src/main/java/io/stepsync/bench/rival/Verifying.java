package io.stepsync.bench.rival;

import java.time.Duration;

/** One that can compare what it copied with the API. Used by one thread. */
public interface Verifying extends Rival {

  /**
   * Compares all rows with the API, and returns how long it took.
   *
   * @throws IllegalStateException if not all are found, and equal
   */
  Duration verify() throws Exception;
}
