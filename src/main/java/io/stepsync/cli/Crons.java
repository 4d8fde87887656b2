package io.stepsync.cli;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import org.quartz.CronExpression;

/** When Quartz cron expressions fire. Thread-safe. */
final class Crons {

  private Crons() {}

  /** Returns the first firing behind a moment; null where there is none. */
  static Instant next(String expression, Instant after) {
    try {
      Date next = new CronExpression(expression).getNextValidTimeAfter(Date.from(after));
      return next == null ? null : next.toInstant();
    } catch (ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
