package io.stepsync.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many records exist: those of the start, and {@code growPerSecond} more for each second since.
 *
 * <p>The number never falls, even where the clock is set back. Thread-safe.
 */
final class DemoGrowth {
  private final DemoSettings settings;
  private final InstantSource clock;
  private final Instant start;
  private final AtomicLong most = new AtomicLong();

  DemoGrowth(DemoSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.start = clock.instant();
  }

  DemoData now() {
    return new DemoData(most.accumulateAndGet(records(), Math::max), settings.gapEvery());
  }

  private long records() {
    Duration since = Duration.between(start, clock.instant());
    double seconds = since.getSeconds() + since.getNano() / 1e9;
    // The cast rounds down and stops at the highest long.
    long grown = (long) Math.max(0, settings.growPerSecond() * seconds);
    return grown <= Long.MAX_VALUE - settings.records()
        ? settings.records() + grown
        : Long.MAX_VALUE;
  }
}
