package io.stepsync.steps.firing;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.quartz.CronExpression;

/** When Quartz cron expressions fire. Thread-safe. */
public final class Crons {

  private Crons() {}

  /**
   * Returns the first firing after a moment; empty if there is none.
   *
   * @throws IllegalArgumentException if that is no cron expression of Quartz
   */
  public static Optional<Instant> next(String expression, Instant after) {
    try {
      return Optional.ofNullable(
              new CronExpression(expression).getNextValidTimeAfter(Date.from(after)))
          .map(Date::toInstant);
    } catch (ParseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
