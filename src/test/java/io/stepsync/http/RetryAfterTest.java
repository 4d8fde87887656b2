package io.stepsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.FixedSeed;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "' 120 ', 120",
    "'Tue, 24 Nov 2026 10:00:30 GMT', 30",
    "'Tue, 24 Nov 2026 09:00:00 GMT', 0",
    "'Tuesday, 24-Nov-26 10:00:30 GMT', 30",
    "'Tue Nov 24 10:00:30 2026', 30",
    "'Fri Jan  1 00:00:00 2027', 3247200",
    "2026-11-24T11:00:30+01:00, 30",
    "2026-11-24T10:00:30Z, 30",
    "3.0, 3"
  })
  void seconds_and_dates_are_read(String text, long seconds) {
    assertThat(RetryAfter.parse(text, NOW)).hasValue(Duration.ofSeconds(seconds));
  }

  @Test
  void a_fraction_of_a_second_is_no_less() {
    assertThat(RetryAfter.parse("0.0001", NOW)).hasValue(Duration.ofMillis(1));
    assertThat(RetryAfter.parse("1.5", NOW)).hasValue(Duration.ofMillis(1500));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "-1", "1.", "1s", "soon", "99999999999", "2026-11-24"})
  void anything_else_is_no_wait(String text) {
    assertThat(RetryAfter.parse(text, NOW)).isEmpty();
  }

  @Property(seed = FixedSeed.VALUE)
  void waits_grow_up_to_half_a_minute(
      @ForAll @IntRange(min = 1, max = 100) int attempt,
      @ForAll @DoubleRange(min = 0, max = 1) double chance) {
    Duration most = RetrySettings.waitBefore(attempt, 1);

    assertThat(most).isBetween(Duration.ofMillis(500), Duration.ofSeconds(30));
    assertThat(RetrySettings.waitBefore(attempt, chance)).isBetween(Duration.ZERO, most);
    assertThat(RetrySettings.waitBefore(attempt + 1, 1)).isGreaterThanOrEqualTo(most);
  }

  @Test
  void the_interval_is_that_of_the_rate() {
    Duration day = Duration.ofDays(1);
    double any = Double.POSITIVE_INFINITY;

    RetrySettings rates = new RetrySettings(0, day, 0.5, 4, null);

    assertThat(rates.interval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(rates.clusterInterval()).isEqualTo(Duration.ofMillis(250));
    assertThat(rates.isShared()).isTrue();
    assertThat(rates.most()).isEqualTo(0.5);
    assertThat(new RetrySettings(0, day, any, any, null).interval()).isZero();
    assertThat(new RetrySettings(0, day, 1, any, null).isShared()).isFalse();
    assertThatThrownBy(() -> new RetrySettings(0, day, 0, any, null))
        .hasMessage("requestsPerSecond must be > 0, was 0.0");
    assertThatThrownBy(() -> new RetrySettings(0, day, any, 0, null))
        .hasMessage("clusterRequestsPerSecond must be > 0, was 0.0");
    assertThatThrownBy(() -> new RetrySettings(0, day, Double.NaN, any, null))
        .hasMessage("requestsPerSecond must be > 0, was NaN");
    assertThatThrownBy(() -> new RetrySettings(0, day, any, 4, "shop"))
        .hasMessage(
            "clusterRequestsPerSecond must not be set beside budget, which all processes share too");
    assertThatThrownBy(() -> new RetrySettings(0, day, any, any, "a shop"))
        .hasMessage("budget must be a name of letters, digits, _, . and -, was a shop");
    assertThatThrownBy(() -> new RetrySettings(101, day, 1, any, null))
        .hasMessage("retries must be 0 to 100, was 101");
    assertThatThrownBy(() -> new RetrySettings(1, day.plusNanos(1), 1, any, null))
        .hasMessageStartingWith("maxRetryAfter must be >= 0 and at most a day, was ");
  }
}
