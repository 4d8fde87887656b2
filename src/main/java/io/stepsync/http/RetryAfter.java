package io.stepsync.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the header Retry-After, RFC 9110, 10.2.3: seconds, or a date. */
final class RetryAfter {

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
    if (stripped.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(stripped)));
    }
    try {
      Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(stripped));
      Duration wait = Duration.between(now, date);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
