package io.stepsync.window;

import static io.stepsync.window.PlanExamples.limit;
import static io.stepsync.window.PlanExamples.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerLimitTest {

  private static final IdWindow WINDOW = window(1, 1000);

  private static FoundIds records(long count) {
    return FoundIds.of(LongStream.rangeClosed(1, count).toArray());
  }

  /** Records of which so many have the ID 1. */
  private static FoundIds records(long ids, int ofTheFirst) {
    LongStream first = LongStream.generate(() -> 1).limit(ofTheFirst);
    return FoundIds.of(LongStream.concat(first, LongStream.rangeClosed(2, ids)).toArray());
  }

  private static AnswerSize size(long both) {
    return new AnswerSize(both, both);
  }

  @Test
  void the_first_answer_may_be_capped() {
    assertThat(AnswerLimit.UNKNOWN.mayBeCapped(WINDOW, records(1))).isTrue();
  }

  @Test
  void an_answer_may_be_capped_unless_a_larger_one_was_seen() {
    AnswerLimit seen = limit(100, 0);

    assertThat(seen.mayBeCapped(WINDOW, records(99))).isFalse();
    assertThat(seen.mayBeCapped(WINDOW, records(100))).isTrue();
    assertThat(seen.mayBeCapped(WINDOW, records(101))).isTrue();
  }

  @Test
  void an_answer_with_fewer_records_than_one_with_duplicates_may_be_capped_by_its_ids() {
    AnswerLimit seen = AnswerLimit.UNKNOWN.seen(records(100, 2).size());

    assertThat(seen).isEqualTo(new AnswerLimit(new AnswerSize(101, 100), AnswerSize.NOTHING));
    assertThat(seen.mayBeCapped(WINDOW, records(100))).isTrue();
    assertThat(seen.mayBeCapped(WINDOW, records(99))).isFalse();
    assertThat(seen.mayBeCapped(WINDOW, records(50, 52))).isTrue();
  }

  @Test
  void where_the_limit_is_known_only_an_answer_of_that_size_may_be_capped() {
    AnswerLimit known = limit(40, 100);

    assertThat(known.mayBeCapped(WINDOW, records(99))).isFalse();
    assertThat(known.mayBeCapped(WINDOW, records(100))).isTrue();
    assertThat(known.isMetBy(size(99))).isFalse();
    assertThat(known.isMetBy(size(100))).isTrue();
  }

  @Test
  void where_the_limit_of_ids_is_known_that_of_records_is_still_to_be_proved() {
    AnswerLimit known = new AnswerLimit(new AnswerSize(110, 100), new AnswerSize(0, 100));

    assertThat(known.mayBeCapped(WINDOW, records(99, 11))).isFalse();
    assertThat(known.mayBeCapped(WINDOW, records(99, 12))).isTrue();
    assertThat(known.isMetBy(records(99, 12).size())).isFalse();
    assertThat(known.isMetBy(records(100).size())).isTrue();
    assertThat(new AnswerLimit(size(110), new AnswerSize(110, 0)).isMetBy(size(110))).isTrue();
  }

  @Test
  void an_answer_with_one_record_for_each_id_is_whole() {
    assertThat(AnswerLimit.UNKNOWN.mayBeCapped(WINDOW, records(1000))).isFalse();
    assertThat(AnswerLimit.UNKNOWN.mayBeCapped(WINDOW, records(999))).isTrue();
  }

  @Test
  void an_answer_with_two_records_for_an_id_may_lack_a_third() {
    assertThat(AnswerLimit.UNKNOWN.mayBeCapped(WINDOW, records(1000, 2))).isTrue();
  }

  @Test
  void an_answer_for_a_single_id_cannot_be_asked_in_parts_and_is_taken_as_whole() {
    assertThat(AnswerLimit.UNKNOWN.mayBeCapped(window(1, 1), records(1, 2))).isFalse();
  }

  @Test
  void the_largest_answer_is_remembered() {
    assertThat(AnswerLimit.UNKNOWN.seen(size(100)).seen(size(70))).isEqualTo(limit(100, 0));
    assertThat(AnswerLimit.UNKNOWN.cutAt(size(100), size(100)).largest()).isEqualTo(size(100));
  }

  @Test
  void answers_are_not_cut_at_less_than_one_ever_held() {
    AnswerLimit known = AnswerLimit.UNKNOWN.cutAt(size(100), size(100));

    assertThat(known.cutAt(size(70), size(70))).isEqualTo(limit(100, 100));
  }

  @Test
  void by_the_number_that_is_the_same_answers_are_cut() {
    AnswerSize size = new AnswerSize(101, 100);

    assertThat(AnswerLimit.UNKNOWN.cutAt(size, new AnswerSize(103, 100)).limit())
        .isEqualTo(new AnswerSize(0, 100));
    assertThat(AnswerLimit.UNKNOWN.cutAt(size, new AnswerSize(101, 99)).limit())
        .isEqualTo(new AnswerSize(101, 0));
    assertThat(AnswerLimit.UNKNOWN.cutAt(size, new AnswerSize(9, 9)).isKnown()).isFalse();
  }

  @Test
  void a_limit_holds_until_a_larger_answer_is_seen() {
    AnswerLimit known = AnswerLimit.UNKNOWN.cutAt(size(100), size(100));

    assertThat(known.seen(size(100))).isEqualTo(limit(100, 100));
    assertThat(known.seen(size(101))).isEqualTo(limit(101, 0));
    assertThat(known.seen(new AnswerSize(101, 100)).limit()).isEqualTo(new AnswerSize(0, 100));
  }

  @Test
  void what_lanes_have_learned_apart_they_know_together() {
    AnswerLimit one = new AnswerLimit(new AnswerSize(30, 20), new AnswerSize(50, 0));
    AnswerLimit other = new AnswerLimit(new AnswerSize(10, 40), new AnswerSize(40, 60));

    assertThat(one.and(other))
        .isEqualTo(new AnswerLimit(new AnswerSize(30, 40), new AnswerSize(40, 60)));
    assertThat(other.and(one)).isEqualTo(one.and(other));
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "5, -1"})
  void a_negative_size_is_refused(long records, long ids) {
    assertThatThrownBy(() -> new AnswerSize(records, ids))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("records and ids must be >= 0, was %d and %d".formatted(records, ids));
  }
}
