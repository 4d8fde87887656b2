package io.stepsync;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as settings have it: {@code 30s}, {@code 500ms}, {@code 1h30m}, {@code 2d}, a number
 * of milliseconds, or ISO 8601, {@code PT5M}. Camel's own reading takes {@code ten} for zero and
 * {@code 1h30} for an hour; this refuses both.
 */
public final class DurationText {

  private static final Pattern MILLIS = Pattern.compile("\\d{1,15}");
  private static final Pattern PARTS =
      Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

  private DurationText() {}

  /**
   * Reads a duration.
   *
   * @param setting its name, for messages
   * @param text null for none
   * @return null for none
   * @throws IllegalArgumentException if it is none, or below zero
   */
  public static Duration parse(String setting, String text) {
    if (text == null) {
      return null;
    }
    String stripped = text.strip();
    try {
      if (MILLIS.matcher(stripped).matches()) {
        return Duration.ofMillis(Long.parseLong(stripped));
      }
      Matcher parts = PARTS.matcher(stripped);
      if (!stripped.isEmpty() && parts.matches()) {
        return Duration.ofDays(part(parts, 1))
            .plusHours(part(parts, 2))
            .plusMinutes(part(parts, 3))
            .plusSeconds(part(parts, 4))
            .plusMillis(part(parts, 5));
      }
      Duration duration = Duration.parse(stripped);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (ArithmeticException | NumberFormatException | DateTimeParseException e) {
      throw new IllegalArgumentException(
          setting + " must be a duration such as 30s, was " + text, e);
    }
    throw new IllegalArgumentException(setting + " must be a duration of at least 0s, was " + text);
  }

  private static long part(Matcher parts, int group) {
    return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
  }
}
