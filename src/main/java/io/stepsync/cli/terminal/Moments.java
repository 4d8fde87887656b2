package io.stepsync.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments and durations as people read them, in their own time zone. Thread-safe. */
public final class Moments {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  /** So many characters of a moment are its year, its day, and its seconds. */
  private static final int YEAR = 4;

  private static final int DAY = 10;
  private static final int SECONDS = 3;

  private Moments() {}

  public static String moment(Instant moment) {
    return MOMENT.format(moment);
  }

  /** Returns the time of today, or the day as well. */
  public static String brief(Instant moment, Instant now) {
    String text = moment(moment);
    return text.startsWith(moment(now).substring(0, DAY))
        ? text.substring(DAY + 1)
        : text.substring(YEAR + 1, text.length() - SECONDS);
  }

  /** Returns such as {@code 3 min ago}, {@code now} or {@code in 12 s}. */
  public static String distance(Instant moment, Instant now) {
    Duration between = Duration.between(moment, now);
    if (between.toSeconds() == 0) {
      return "now";
    }
    return between.isNegative() ? "in " + rough(between.negated()) : rough(between) + " ago";
  }

  private static String rough(Duration duration) {
    if (duration.toMinutes() < 2) {
      return duration.toSeconds() + " s";
    }
    if (duration.toHours() < 2) {
      return duration.toMinutes() + " min";
    }
    return duration.toDays() < 2 ? duration.toHours() + " h" : duration.toDays() + " d";
  }

  /** Returns such as {@code 1.3 s}, {@code 12 min 5 s} or {@code 3 h 20 min}. */
  public static String duration(long millis) {
    Duration duration = Duration.ofMillis(millis);
    if (duration.toMinutes() == 0) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    return duration.toHours() == 0
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }
}
