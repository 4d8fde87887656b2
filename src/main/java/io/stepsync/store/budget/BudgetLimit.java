package io.stepsync.store.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a budget allows.
 *
 * <p>Immutable.
 *
 * @param interval between two requests, evenly spaced; a microsecond to a day
 * @param burst the requests that may be made at once after a rest, 1 to 1,000,000
 * @param atOnce the most requests that a process has under way, 1 to 1000; 0 for no limit
 * @param text the same as people write it
 */
public record BudgetLimit(Duration interval, int burst, int atOnce, String text) {

  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "min", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "day", Duration.ofDays(1));
  private static final Pattern RATE =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?/ ?(s|min|h|day)");
  private static final Pattern BURST = Pattern.compile("burst (\\d{1,7})");
  private static final Pattern AT_ONCE = Pattern.compile("at most (\\d{1,4}) at once");
  private static final int MOST_BURST = 1_000_000;
  private static final int MOST_AT_ONCE = 1000;

  /**
   * Reads {@code 2/s}, {@code 40/min}, {@code 1000/h} or {@code 5000/day}, and behind it, after
   * commas, {@code burst 10} and {@code at most 4 at once} where there are such.
   *
   * @param key the property, for messages
   * @throws IllegalArgumentException naming the property, its rule and its value
   */
  public static BudgetLimit parse(String key, String value) {
    String text = value.strip().replaceAll("\\s+", " ");
    List<String> parts = new ArrayList<>(List.of(text.split(" ?, ?", -1)));
    Duration interval = interval(parts.remove(0)).orElseThrow(() -> refusal(key, text));
    int burst = takeOut(parts, BURST, MOST_BURST).orElse(1);
    int atOnce = takeOut(parts, AT_ONCE, MOST_AT_ONCE).orElse(0);
    if (!parts.isEmpty()) {
      throw refusal(key, text);
    }
    return new BudgetLimit(interval, burst, atOnce, text);
  }

  private static IllegalArgumentException refusal(String key, String text) {
    return new IllegalArgumentException(
        key
            + " must be like 2/s or 40/min, or 2/s, burst 10, at most 4 at once, was "
            + (text.isEmpty() ? "empty" : text));
  }

  private static Optional<Duration> interval(String text) {
    Matcher rate = RATE.matcher(text);
    if (!rate.matches() || new BigDecimal(rate.group(1)).signum() == 0) {
      return Optional.empty();
    }
    BigDecimal nanos =
        BigDecimal.valueOf(UNITS.get(rate.group(2)).toNanos())
            .divide(new BigDecimal(rate.group(1)), 0, RoundingMode.CEILING);
    return Optional.of(nanos)
        .filter(each -> each.compareTo(BigDecimal.valueOf(1000)) >= 0)
        .filter(each -> each.compareTo(BigDecimal.valueOf(Duration.ofDays(1).toNanos())) <= 0)
        .map(each -> Duration.ofNanos(each.longValueExact()));
  }

  /** One that is twice there, or no number from 1 to {@code most}, stays in. */
  private static Optional<Integer> takeOut(List<String> parts, Pattern form, int most) {
    for (String part : parts) {
      Matcher matcher = form.matcher(part);
      if (matcher.matches()) {
        int number = Integer.parseInt(matcher.group(1));
        if (number >= 1 && number <= most) {
          parts.remove(part);
          return Optional.of(number);
        }
      }
    }
    return Optional.empty();
  }

  /** Returns requests that are evenly spaced. */
  static BudgetLimit evenly(Duration interval, double requestsPerSecond) {
    String rate =
        new BigDecimal(Double.toString(requestsPerSecond)).stripTrailingZeros().toPlainString();
    return new BudgetLimit(interval, 1, 0, rate + "/s");
  }

  /** Returns the seconds that so many requests take at least after a rest. */
  public double seconds(long requests) {
    return Math.max(0, requests - (burst - 1)) * interval.toNanos() / 1e9;
  }
}
