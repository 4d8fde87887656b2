package io.stepsync.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/**
 * How late a firing of a stream's trigger is.
 *
 * @param since from when on it waits for a thread
 * @param now when it is, or the time while it has not been
 * @param between the time from when it was due to its schedule's next firing; empty if that is its
 *     last
 */
public record Lateness(Instant since, Instant now, Optional<Duration> between) {

  /**
   * That of a firing which waits until {@code now}.
   *
   * @param due when it should have been
   * @param since from when on it waits, see {@link #since}
   * @param next when the schedule fires after {@code due}; empty for never
   */
  public static Lateness of(Instant due, Instant since, Optional<Instant> next, Instant now) {
    return new Lateness(since, now, next.map(after -> Duration.between(due, after)));
  }

  /**
   * Returns from when on a firing waits for a thread of {@code scheduler}: not before that runs.
   *
   * @param due when it should have been
   */
  public static Instant since(Instant due, Scheduler scheduler) {
    try {
      Date running = scheduler.getMetaData().getRunningSince();
      return running == null || due.isAfter(running.toInstant()) ? due : running.toInstant();
    } catch (SchedulerException e) {
      throw new IllegalStateException(e); // it is one of this process
    }
  }

  /** Tells whether it is late by the time between its firings, or more. */
  public boolean isLate() {
    return between.filter(time -> by().compareTo(time) >= 0).isPresent();
  }

  public Duration by() {
    return Duration.between(since, now);
  }

  /** Returns such as {@code late by 45 s, more than the 30 s between its firings}. */
  @Override
  public String toString() {
    return "late by %d s, more than the %d s between its firings"
        .formatted(by().toSeconds(), between.orElse(by()).toSeconds());
  }
}
