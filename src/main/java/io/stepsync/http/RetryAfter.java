package io.stepsync.http;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the header Retry-After, RFC 9110, 10.2.3: seconds, or a date in one of the three forms of
 * 5.6.7. Many an API has fractions of a second, or a date of ISO 8601.
 */
final class RetryAfter {

  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          new DateTimeFormatterBuilder() // RFC 850
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH) // asctime
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ISO_OFFSET_DATE_TIME);

  private RetryAfter() {}

  /** Returns how long {@code reply} asks to wait, if it does. */
  static Optional<Duration> wait(Reply reply) {
    return parse(reply.retryAfter(), Instant.now());
  }

  /**
   * Returns how long to wait from {@code now}, at least zero; nothing where the header is not one.
   */
  static Optional<Duration> parse(String text, Instant now) {
    if (text == null) {
      return Optional.empty();
    }
    String stripped = text.strip();
    if (stripped.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      BigDecimal millis = new BigDecimal(stripped).movePointRight(3);
      return Optional.of(Duration.ofMillis(millis.setScale(0, RoundingMode.CEILING).longValue()));
    }
    return DATES.stream()
        .flatMap(form -> date(stripped, form).stream())
        .findFirst()
        .map(date -> date.isBefore(now) ? Duration.ZERO : Duration.between(now, date));
  }

  private static Optional<Instant> date(String text, DateTimeFormatter form) {
    try {
      return Optional.of(Instant.from(form.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
