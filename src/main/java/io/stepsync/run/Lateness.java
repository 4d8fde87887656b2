package io.stepsync.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How late a firing of a stream's trigger is.
 *
 * @param due when it should have been
 * @param now when it is, or the time while it has not been
 * @param next when the schedule fires after {@code due}; empty for never
 */
public record Lateness(Instant due, Instant now, Optional<Instant> next) {

  /** Tells whether it is late by more than the time to the next firing. */
  public boolean isLate() {
    return next.filter(after -> !after.isAfter(now)).isPresent();
  }

  public Duration by() {
    return Duration.between(due, now);
  }

  /** Returns such as {@code late by 45 s, more than the 30 s between its firings}. */
  @Override
  public String toString() {
    return "late by %d s, more than the %d s between its firings"
        .formatted(by().toSeconds(), Duration.between(due, next.orElse(now)).toSeconds());
  }
}
