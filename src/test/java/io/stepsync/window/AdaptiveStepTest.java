package io.stepsync.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.window.AdaptiveStep.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveStepTest {

  @ParameterizedTest
  @CsvSource({
    " 50,  500, WIDER",
    " 51,  500, AS_IS",
    " 50,  501, AS_IS",
    "100, 1000, AS_IS",
    "101, 1000, NARROWER",
    "100, 1001, NARROWER",
    "101,    0, NARROWER",
    "  1, 1001, NARROWER"
  })
  void half_of_what_is_aimed_at_allows_wider_windows_and_more_than_that_asks_for_narrower_ones(
      long count, long took, Verdict verdict) {
    assertThat(new AdaptiveStep(100, 1000).judge(count, took, 0)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"20, WIDER", "21, AS_IS", "40, AS_IS", "41, NARROWER"})
  void answers_stay_below_the_limit_where_it_is_less_than_what_is_aimed_at(
      long count, Verdict verdict) {
    assertThat(new AdaptiveStep(100, 1000).judge(count, 0, 41)).isEqualTo(verdict);
  }

  @Test
  void a_limit_above_what_is_aimed_at_changes_nothing() {
    assertThat(new AdaptiveStep(100, 1000).judge(100, 0, 500)).isEqualTo(Verdict.AS_IS);
    assertThat(new AdaptiveStep(100, 1000).judge(101, 0, 500)).isEqualTo(Verdict.NARROWER);
  }

  @Test
  void an_api_that_cuts_at_one_record_gets_the_narrowest_windows() {
    assertThat(new AdaptiveStep(100, 1000).judge(1, 0, 1)).isEqualTo(Verdict.NARROWER);
  }

  @Test
  void without_an_aim_the_step_size_stays_whatever_the_answer() {
    assertThat(AdaptiveStep.NONE.judge(1, 0, 0)).isEqualTo(Verdict.AS_IS);
    assertThat(AdaptiveStep.NONE.judge(1_000_000, 1_000_000, 0)).isEqualTo(Verdict.AS_IS);
  }

  @ParameterizedTest
  @CsvSource({"-1, 1000", "100, 0"})
  void an_aim_that_no_answer_can_have_is_refused(long records, long millis) {
    assertThatThrownBy(() -> new AdaptiveStep(records, millis))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "aimRecords must be >= 0 and aimMillis >= 1, was %d and %d".formatted(records, millis));
  }

  @Test
  void to_aim_at_no_records_is_to_have_no_aim() {
    assertThat(new AdaptiveStep(0, 1)).isEqualTo(AdaptiveStep.NONE);
    assertThat(new AdaptiveStep(0, 1000).judge(1, 5000, 0)).isEqualTo(Verdict.AS_IS);
  }

  @Test
  void one_record_in_a_millisecond_is_the_smallest_aim() {
    AdaptiveStep smallest = new AdaptiveStep(1, 1);

    assertThat(smallest.judge(1, 1, 0)).isEqualTo(Verdict.AS_IS);
    assertThat(smallest.judge(2, 1, 0)).isEqualTo(Verdict.NARROWER);
  }
}
