package io.stepsync.store.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetLimitTest {

  private static final String KEY = "stepsync.budget.shop";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2/s                                | 500    | 1  | 0",
        "40/min                             | 1500   | 1  | 0",
        "0.5 / s                            | 2000   | 1  | 0",
        "3600/h,burst 10                    | 1000   | 10 | 0",
        "1/day                              | 86400000 | 1 | 0",
        "2/s, burst 10, at most 4 at once   | 500    | 10 | 4",
        "2/s,  at most  4 at once, burst 10 | 500    | 10 | 4",
        "2/s, at most 1 at once             | 500    | 1  | 1"
      })
  void a_limit_is_a_rate_with_a_burst_and_a_number_at_once(
      String text, long millis, int burst, int atOnce) {
    BudgetLimit limit = BudgetLimit.parse(KEY, text);

    assertThat(limit.interval()).isEqualTo(Duration.ofMillis(millis));
    assertThat(limit.burst()).isEqualTo(burst);
    assertThat(limit.atOnce()).isEqualTo(atOnce);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fast",
        "2",
        "2/m",
        "0/s",
        "-1/s",
        "2/s burst 10",
        "2/s, burst 0",
        "2/s, burst 2, burst 3",
        "2/s,",
        "2/s, at most 0 at once",
        "0.5/day",
        "2000000/s",
        "burst 10",
        "2/s, burst 1000001"
      })
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> BudgetLimit.parse(KEY, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "stepsync.budget.shop must be like 2/s or 40/min, or 2/s, burst 10, at most 4 at once,"
                + " was "
                + text);
  }
}
