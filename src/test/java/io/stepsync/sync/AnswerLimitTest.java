package io.stepsync.sync;

import static io.stepsync.sync.PlanExamples.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerLimitTest {

  private static final IdWindow WINDOW = window(1, 1000);

  private static Records records(long count) {
    return new Records(count, count, 1, 1000);
  }

  @Test
  void the_first_answer_may_be_capped() {
    assertThat(AnswerLimit.UNKNOWN.mayBeCapped(WINDOW, records(1))).isTrue();
  }

  @Test
  void an_answer_may_be_capped_unless_a_larger_one_was_seen() {
    AnswerLimit seen = new AnswerLimit(100, 0);

    assertThat(seen.mayBeCapped(WINDOW, records(99))).isFalse();
    assertThat(seen.mayBeCapped(WINDOW, records(100))).isTrue();
    assertThat(seen.mayBeCapped(WINDOW, records(101))).isTrue();
  }

  @Test
  void where_the_limit_is_known_only_an_answer_of_that_size_may_be_capped() {
    AnswerLimit known = new AnswerLimit(40, 100);

    assertThat(known.mayBeCapped(WINDOW, records(99))).isFalse();
    assertThat(known.mayBeCapped(WINDOW, records(100))).isTrue();
  }

  @Test
  void an_answer_with_one_record_for_each_id_is_whole() {
    assertThat(AnswerLimit.UNKNOWN.mayBeCapped(WINDOW, records(1000))).isFalse();
    assertThat(AnswerLimit.UNKNOWN.mayBeCapped(WINDOW, records(999))).isTrue();
  }

  @Test
  void an_answer_with_two_records_for_an_id_may_lack_a_third() {
    assertThat(AnswerLimit.UNKNOWN.mayBeCapped(WINDOW, new Records(1001, 1000, 1, 1000))).isTrue();
  }

  @Test
  void an_answer_for_a_single_id_cannot_be_asked_in_parts_and_is_taken_as_whole() {
    assertThat(AnswerLimit.UNKNOWN.mayBeCapped(window(7, 7), new Records(2, 1, 7, 7))).isFalse();
  }

  @Test
  void the_largest_answer_is_remembered() {
    assertThat(AnswerLimit.UNKNOWN.seen(100).seen(70)).isEqualTo(new AnswerLimit(100, 0));
    assertThat(AnswerLimit.UNKNOWN.cutAt(100).cutAt(70)).isEqualTo(new AnswerLimit(100, 70));
  }

  @Test
  void a_limit_holds_until_a_larger_answer_is_seen() {
    AnswerLimit known = AnswerLimit.UNKNOWN.cutAt(100);

    assertThat(known.seen(100)).isEqualTo(new AnswerLimit(100, 100));
    assertThat(known.seen(101)).isEqualTo(new AnswerLimit(101, 0));
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "5, -1"})
  void a_negative_one_is_refused(long largest, long limit) {
    assertThatThrownBy(() -> new AnswerLimit(largest, limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("largest and limit must be >= 0, was %d and %d".formatted(largest, limit));
  }

  @Test
  void either_may_be_known_without_the_other() {
    assertThat(new AnswerLimit(5, 0).limit()).isZero();
    assertThat(new AnswerLimit(0, 5).largest()).isZero();
  }
}
