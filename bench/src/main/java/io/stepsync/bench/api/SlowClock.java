package io.stepsync.bench.api;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that takes its time: the demo API looks at it once an answer, so each answer waits. */
final class SlowClock implements InstantSource {

  private final long millis;

  SlowClock(long millis) {
    this.millis = millis;
  }

  @Override
  public Instant instant() {
    if (millis > 0) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return Instant.now();
  }
}
