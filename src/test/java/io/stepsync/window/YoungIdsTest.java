package io.stepsync.window;

import static io.stepsync.window.PlanExamples.records;
import static io.stepsync.window.PlanExamples.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.window.YoungIds.Range;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YoungIdsTest {

  /** All IDs of a range, of age at 1000. */
  private static Range unused(long firstId, long lastId) {
    return new Range(firstId, lastId, lastId - firstId + 1, 1000, false);
  }

  private static Range passed(long firstId, long lastId) {
    return new Range(firstId, lastId, lastId - firstId + 1, 1000, true);
  }

  private static YoungIds young(Range... ranges) {
    return new YoungIds(List.of(ranges));
  }

  @Test
  void they_are_counted_and_last_until_the_last_is_of_age() {
    YoungIds young = young(unused(5, 9), new Range(20, 40, 3, 2000, false));

    assertThat(young.count()).isEqualTo(8);
    assertThat(young.until()).isEqualTo(2000);
    assertThat(YoungIds.NONE.count()).isZero();
  }

  @Test
  void what_was_asked_after_its_time_is_young_no_more_and_what_was_asked_before_still_is() {
    YoungIds young = young(unused(5, 9));

    assertThat(young.asked(window(1, 10), FoundIds.NONE, 1001)).isEqualTo(YoungIds.NONE);
    assertThat(young.asked(window(1, 10), FoundIds.NONE, 1000)).isEqualTo(young);
    assertThat(young.asked(window(10, 20), FoundIds.NONE, 1001)).isSameAs(young);
  }

  @Test
  void an_answer_settles_only_what_it_covers() {
    assertThat(young(unused(5, 9)).asked(window(6, 7), FoundIds.NONE, 1001))
        .isEqualTo(young(unused(5, 5), unused(8, 9)));
  }

  @Test
  void a_record_that_has_come_is_young_no_more() {
    assertThat(young(unused(5, 9)).asked(window(1, 10), records(5L, 7L, 9L), 0))
        .isEqualTo(young(new Range(6, 8, 2, 1000, false)));
    assertThat(young(unused(5, 6)).asked(window(1, 10), records(5L, 6L), 0))
        .isEqualTo(YoungIds.NONE);
  }

  @Test
  void what_was_passed_need_be_asked_once_only() {
    assertThat(young(passed(5, 9)).asked(window(5, 7), FoundIds.NONE, 0))
        .isEqualTo(young(unused(5, 7), passed(8, 9)));
  }

  @Test
  void a_run_asks_what_is_of_age_and_what_was_passed_neighbours_in_one_window() {
    YoungIds young = young(passed(5, 6), unused(9, 9), unused(14, 14), unused(50, 60));

    assertThat(young.due(999, 10)).extracting(Range::ids).containsExactly(window(5, 6));
    assertThat(young.due(1000, 10))
        .extracting(Range::ids)
        .containsExactly(window(5, 14), window(50, 60));
    assertThat(young.due(1000, 9))
        .extracting(Range::ids)
        .containsExactly(window(5, 9), window(14, 14), window(50, 60));
    assertThat(young.passed(10)).extracting(Range::ids).containsExactly(window(5, 6));
    assertThat(young.since(900, 100, 10)).hasSize(2);
    assertThat(young.since(901, 100, 10)).isEmpty();
  }

  @Test
  void only_a_range_without_a_record_is_known_to_be_empty() {
    assertThat(young(unused(5, 9)).due(1000, 10).get(0).isEmpty()).isTrue();
    assertThat(young(unused(5, 6), unused(9, 9)).due(1000, 10).get(0).isEmpty()).isFalse();
  }

  @Test
  void a_time_that_a_clock_told_which_was_set_back_is_asked_at_once_and_again_later() {
    assertThat(young(unused(5, 9)).at(500, 500)).isEqualTo(young(unused(5, 9)));
    assertThat(young(unused(5, 9)).at(400, 500)).isEqualTo(young(new Range(5, 9, 5, 900, true)));
  }

  @Test
  void records_that_have_come_are_told_from_those_that_were_there() {
    YoungIds young = young(new Range(5, 9, 3, 1000, true));

    assertThat(young.areAnyIn(window(1, 10), records(6L, 7L))).isFalse();
    assertThat(young.areAnyIn(window(1, 10), records(5L, 6L, 7L))).isTrue();
    assertThat(young.areAnyIn(window(10, 20), records(12L))).isFalse();
  }

  @Test
  void those_far_below_are_dropped_but_for_what_was_passed() {
    assertThat(young(passed(1, 2), unused(5, 9), unused(20, 30)).from(10))
        .isEqualTo(young(passed(1, 2), unused(20, 30)));
    assertThat(young(unused(5, 9)).from(9)).isEqualTo(young(unused(5, 9)));
  }

  @Test
  void those_of_a_window_are_cut_out() {
    assertThat(young(unused(5, 9), unused(20, 30)).in(window(7, 22)))
        .isEqualTo(young(unused(7, 9), unused(20, 22)));
  }

  @Test
  void none_is_counted_twice_where_a_part_of_a_range_was_asked_again() {
    YoungIds everyTenth = young(new Range(10, 1000, 100, 1000, false));

    YoungIds parted = everyTenth.asked(window(500, 500), FoundIds.NONE, 0);

    assertThat(parted.ranges())
        .extracting(Range::ids)
        .containsExactly(window(10, 499), window(500, 500), window(501, 1000));
    assertThat(parted.count()).isEqualTo(100);
    assertThat(everyTenth.in(window(10, 504)).count()).isEqualTo(50);
  }

  @Test
  void an_empty_range_has_empty_parts_however_wide_it_is() {
    Range widest = new Range(0, Long.MAX_VALUE - 1, Long.MAX_VALUE, 1000, false);

    assertThat(young(widest).asked(window(5, 5), records(5L), 0).ranges())
        .hasSize(2)
        .allMatch(Range::isEmpty);
  }

  @Test
  void too_many_are_joined_those_first_that_lie_nearest_to_one_another() {
    YoungIds young = YoungIds.NONE;
    for (long id = 10; id <= 480; id += 10) {
      young = young.with(unused(id, id));
    }
    YoungIds joined = young.with(unused(483, 483));

    assertThat(young.ranges()).hasSize(48);
    assertThat(joined.ranges()).hasSize(48).endsWith(new Range(480, 483, 2, 1000, false));
    assertThat(joined.count()).isEqualTo(49);
  }

  @Test
  void of_too_many_that_were_passed_the_shortest_wait_until_they_are_of_age() {
    List<Range> ranges = new ArrayList<>();
    for (long id = 100; id <= 1700; id += 100) {
      ranges.add(passed(id, id + (id == 500 ? 0 : 9)));
    }
    YoungIds young = YoungIds.NONE;
    for (Range range : ranges) {
      young = young.with(range);
    }

    assertThat(young.ranges()).hasSize(17).contains(unused(500, 500));
    assertThat(young.passed(10)).hasSize(16);
  }

  @Test
  void they_are_read_as_they_are_written() {
    YoungIds young = young(passed(5, 9), new Range(20, 40, 3, -2000, false));

    assertThat(young.text()).isEqualTo("5-9 5 1000 again, 20-40 3 -2000");
    assertThat(YoungIds.parse(young.text())).isEqualTo(young);
    assertThat(YoungIds.NONE.text()).isNull();
    assertThat(YoungIds.parse(null)).isEqualTo(YoungIds.NONE);
    assertThat(YoungIds.parse(" ")).isEqualTo(YoungIds.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5", "5-9", "5-9 5 x", "9-5 1 1", "5-9 6 1", "5-9 0 1", "5-9 5 1, 1-2 1 1"})
  void what_is_none_is_refused(String text) {
    assertThatThrownBy(() -> YoungIds.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void their_text_is_never_longer_than_its_column() {
    YoungIds young = YoungIds.NONE;
    for (long i = 0; i < 200; i++) {
      long id = Long.MAX_VALUE - 10_000 + 20 * i;
      young = young.with(new Range(id, id + 5, 3, Long.MAX_VALUE, i % 2 == 0));
    }

    assertThat(young.ranges()).hasSize(64);
    assertThat(young.text()).hasSizeLessThan(7000);
  }
}
