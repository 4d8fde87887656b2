package io.stepsync.http;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How often a request is made again, and how many are made.
 *
 * <p>Immutable.
 *
 * @param retries how often a request is made again that failed in a way that passes, 0 to 100
 * @param maxRetryAfter the longest wait that the API may ask for, at most a day
 * @param requestsPerSecond the most requests a second of this process, over 0; infinite for no
 *     limit
 * @param clusterRequestsPerSecond the most of all processes on one database together, over 0;
 *     infinite for no limit
 * @param budget the name of the requests that the stream shares with others; null for none
 */
public record RetrySettings(
    int retries,
    Duration maxRetryAfter,
    double requestsPerSecond,
    double clusterRequestsPerSecond,
    String budget) {

  private static final int MOST = 100;
  private static final Pattern BUDGET = Pattern.compile("[\\w.-]{1,100}");
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /**
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public RetrySettings {
    if (retries < 0 || retries > MOST) {
      throw new IllegalArgumentException("retries must be 0 to " + MOST + ", was " + retries);
    }
    if (maxRetryAfter.isNegative() || maxRetryAfter.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "maxRetryAfter must be >= 0 and at most a day, was " + maxRetryAfter);
    }
    requirePositive("requestsPerSecond", requestsPerSecond);
    requirePositive("clusterRequestsPerSecond", clusterRequestsPerSecond);
    if (budget != null && !BUDGET.matcher(budget).matches()) {
      throw new IllegalArgumentException(
          "budget must be a name of letters, digits, _, . and -, was "
              + (budget.isEmpty() ? "empty" : budget));
    }
    if (budget != null && Double.isFinite(clusterRequestsPerSecond)) {
      throw new IllegalArgumentException(
          "clusterRequestsPerSecond must not be set beside budget, which all processes share too");
    }
  }

  private static void requirePositive(String setting, double rate) {
    if (!(rate > 0)) {
      throw new IllegalArgumentException(setting + " must be > 0, was " + rate);
    }
  }

  /**
   * Returns how long to wait before a request is made again: exponential, with full jitter, so that
   * many who failed together do not come back together.
   *
   * @param attempt how often it has failed, at least 1
   * @param chance from 0 to 1
   * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">the
   *     idea</a>
   */
  public static Duration waitBefore(int attempt, double chance) {
    long most = FIRST.toMillis() << Math.min(attempt - 1, 20);
    return Duration.ofMillis((long) (Math.min(most, LONGEST.toMillis()) * chance));
  }

  /** Returns the shortest time between two requests; zero where there is no limit. */
  public Duration interval() {
    return interval(requestsPerSecond);
  }

  /** Returns the shortest time between two requests of all processes; zero for no limit. */
  public Duration clusterInterval() {
    return interval(clusterRequestsPerSecond);
  }

  private static Duration interval(double rate) {
    return Duration.ofNanos((long) (1e9 / rate));
  }

  /** Returns whether there is a limit for all processes together. */
  public boolean isShared() {
    return !clusterInterval().isZero();
  }

  /** Returns the most requests a second that a run can make, apart from a budget. */
  public double most() {
    return Math.min(requestsPerSecond, clusterRequestsPerSecond);
  }
}
