package io.stepsync.window;

import static io.stepsync.window.PlanExamples.NONE;
import static io.stepsync.window.PlanExamples.window;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowWidthsTest {

  private static final IdWindow STEP = window(1, 8);
  private static final int A_LONG_WHILE = 200;

  private static WindowWidths widths(long stepSize, long maxStepSize) {
    return WindowWidths.of(
        PlanExamples.settings(stepSize, maxStepSize, NONE, NONE), Density.UNKNOWN, 0);
  }

  /** Steps of 8 IDs, widened up to 100. */
  private static WindowWidths widths() {
    return widths(8, 100);
  }

  private static WindowWidths calm(WindowWidths widths, int windows) {
    WindowWidths calm = widths;
    for (int i = 0; i < windows; i++) {
      calm = calm.afterRecords();
    }
    return calm;
  }

  @Test
  void the_first_window_is_a_step() {
    assertThat(widths().next()).isEqualTo(8);
  }

  @Test
  void each_empty_window_doubles_the_next_up_to_the_widest() {
    WindowWidths once = widths(12, 25).afterNothing();
    WindowWidths twice = once.afterNothing();

    assertThat(once.next()).isEqualTo(24);
    assertThat(twice.next()).isEqualTo(25);
    assertThat(twice.afterNothing().next()).isEqualTo(25);
  }

  @Test
  void a_window_behind_one_with_records_is_a_step_again() {
    WindowWidths widened = widths().afterNothing().afterNothing();

    assertThat(widened.afterRecords().next()).isEqualTo(8);
  }

  /**
   * {@code count} records each {@code distance} IDs behind one another, the first at {@code id}.
   */
  private static FoundIds records(long id, int count, long distance) {
    return FoundIds.of(LongStream.range(0, count).map(i -> id + i * distance).toArray());
  }

  private static WindowWidths hundreds() {
    return widths(100, Long.MAX_VALUE);
  }

  @Test
  void windows_of_ids_that_are_all_in_use_or_every_second_stay_a_step() {
    WindowWidths all = hundreds().afterRecords(window(1, 100), records(1, 100, 1), -1, 0);
    WindowWidths second = hundreds().afterRecords(window(1, 100), records(2, 50, 2), -1, 0);

    assertThat(all.next()).isEqualTo(100);
    assertThat(all.density()).isEqualTo(new Density(1));
    assertThat(second.next()).isEqualTo(100);
    assertThat(second.afterRecords(window(101, 200), records(102, 3, 2), 100, 0).next())
        .isEqualTo(100);
  }

  @Test
  void
      a_window_is_four_times_as_wide_at_most_as_the_one_before_and_64_times_where_ids_were_sparse() {
    WindowWidths once = hundreds().afterRecords(window(1, 100_000), records(90_000, 1, 1), 0, 0);
    WindowWidths twice = once.afterRecords(window(1, 100_000), records(190_000, 1, 1), 90_000, 0);

    assertThat(once.next()).isEqualTo(400);
    assertThat(twice.next()).isEqualTo(25_600);
    assertThat(twice.density().idsPerRecord()).isBetween(15_000L, 25_000L);
  }

  @Test
  void a_window_of_ids_one_in_sixteen_has_as_many_records_as_a_step_of_dense_ones() {
    WindowWidths widths = hundreds();
    for (int i = 0; i < 5; i++) {
      widths =
          widths.afterRecords(
              window(1, widths.usual()), records(16, (int) (widths.usual() / 16), 16), 0, 0);
    }

    assertThat(widths.next()).isEqualTo(1600);
  }

  @Test
  void a_window_with_about_as_many_records_as_it_should_have_leaves_the_width() {
    WindowWidths sparse =
        WindowWidths.of(
            PlanExamples.settings(100, Long.MAX_VALUE, NONE, NONE), new Density(1000), 0);
    IdWindow window = window(1, sparse.next());

    assertThat(sparse.next()).isEqualTo(102_400);
    assertThat(sparse.afterRecords(window, records(9, 50, 500), 0, 0)).isEqualTo(calm(sparse, 1));
    assertThat(sparse.afterRecords(window, records(9, 201, 400), 0, 0)).isEqualTo(calm(sparse, 1));
    assertThat(sparse.afterRecords(window, records(9, 202, 400), 0, 0).next()).isEqualTo(51_200);
    assertThat(sparse.afterRecords(window, records(9, 24, 4000), 0, 0).next()).isEqualTo(409_600);
  }

  @Test
  void where_ids_become_dense_the_next_window_is_a_step() {
    WindowWidths sparse =
        WindowWidths.of(
            PlanExamples.settings(100, Long.MAX_VALUE, NONE, NONE), new Density(1000), 0);

    assertThat(sparse.afterRecords(window(1, 102_400), records(100_000, 2400, 1), 0, 0).next())
        .isEqualTo(100);
  }

  @Test
  void a_window_has_fewer_records_than_the_number_at_which_answers_are_cut() {
    ScanSettings settings = PlanExamples.settings(100, Long.MAX_VALUE, NONE, NONE);

    assertThat(WindowWidths.of(settings, new Density(1024), 11).next()).isEqualTo(10_240);
    assertThat(WindowWidths.of(settings, new Density(1024), 1).next()).isEqualTo(1024);
  }

  @Test
  void windows_stay_fixed_where_they_are_as_wide_as_the_widest() {
    WindowWidths fixed =
        WindowWidths.of(PlanExamples.settings(100, 100, NONE, NONE), new Density(1000), 0);

    assertThat(fixed.next()).isEqualTo(100);
    assertThat(fixed.afterNothing().next()).isEqualTo(100);
    assertThat(fixed.afterRecords(window(1, 100), records(9, 1, 1), -1, 0).next()).isEqualTo(100);
  }

  @Test
  void over_more_than_a_thousand_steps_each_empty_window_is_four_times_as_wide() {
    WindowWidths widths = widths(1, Long.MAX_VALUE);
    for (int i = 0; i < 10; i++) {
      widths = widths.afterNothing();
    }

    assertThat(widths.next()).isEqualTo(1024);
    assertThat(widths.afterNothing().next()).isEqualTo(4096);
    for (int i = 0; i < 40; i++) {
      widths = widths.afterNothing();
    }
    assertThat(widths.next()).isEqualTo(Long.MAX_VALUE);
    assertThat(widths.afterTrouble(window(0, 99_999)).next()).isEqualTo(25_000);
    assertThat(widths.afterTrouble(window(0, 99_999)).usual()).isEqualTo(1);
    assertThat(widths.afterTrouble(window(0, 99_999)).widest()).isEqualTo(25_000);
  }

  @Test
  void a_far_wider_window_that_is_refused_is_tried_less_wide() {
    WindowWidths widths = widths(1, Long.MAX_VALUE);

    assertThat(widths.afterRefusal(window(0, 99_999)).widest()).isEqualTo(25_000);
    assertThat(widths.afterRefusal(window(0, 3_999)).widest()).isEqualTo(1000);
    assertThat(widths.afterRefusal(window(0, 3_998)).widest()).isEqualTo(1);
  }

  @Test
  void a_wide_window_that_is_refused_leaves_those_that_the_density_asks_for() {
    WindowWidths sparse =
        WindowWidths.of(PlanExamples.settings(100, Long.MAX_VALUE, NONE, NONE), new Density(8), 0);

    WindowWidths refused = sparse.afterNothing().afterRefusal(window(1, 1600));
    assertThat(refused.next()).isEqualTo(800);
    assertThat(refused.afterNothing().next()).isEqualTo(800);
    assertThat(sparse.afterRefusal(window(1, 800)).afterNothing().next()).isEqualTo(100);
  }

  @Test
  void no_window_behind_trouble_is_wider_than_half_of_the_one_in_trouble() {
    WindowWidths narrow = widths().afterTrouble(STEP);

    assertThat(narrow.next()).isEqualTo(4);
    assertThat(narrow.afterNothing().next()).isEqualTo(4);
    assertThat(widths().afterTrouble(window(1, 1)).next()).isEqualTo(1);
  }

  @Test
  void trouble_in_a_window_over_a_gap_leaves_the_step() {
    WindowWidths widths = widths().afterTrouble(window(1, 64));

    assertThat(widths.next()).isEqualTo(8);
    assertThat(widths.afterNothing().afterNothing().afterNothing().next()).isEqualTo(32);
  }

  @Test
  void sixteen_windows_without_trouble_allow_windows_twice_as_wide() {
    WindowWidths narrow = widths().afterTrouble(STEP);

    assertThat(calm(narrow, 15).afterNothing().next()).isEqualTo(4);
    assertThat(calm(narrow, 16).afterNothing().next()).isEqualTo(8);
  }

  @Test
  void each_sixteen_windows_without_trouble_double_what_is_allowed_and_not_more() {
    WindowWidths narrow = widths(9, 9).afterTrouble(window(1, 9));

    WindowWidths calm = calm(narrow, 16).afterNothing().afterNothing();
    assertThat(calm.next()).isEqualTo(8);
    assertThat(calm(narrow, A_LONG_WHILE).next()).isEqualTo(9);
  }

  @Test
  void new_trouble_begins_the_count_again() {
    WindowWidths again = calm(widths().afterTrouble(STEP), 15).afterTrouble(STEP);

    assertThat(calm(again, 15).afterNothing().next()).isEqualTo(4);
  }

  @Test
  void a_long_while_after_trouble_widths_are_what_they_were() {
    WindowWidths calm = calm(widths().afterTrouble(window(1, 1)), A_LONG_WHILE);

    assertThat(calm.next()).isEqualTo(8);
    assertThat(calm.widest()).isEqualTo(100);
  }

  @Test
  void after_a_refusal_no_window_is_ever_wider_than_the_step_size() {
    WindowWidths refused = widths().afterNothing().afterNothing().afterRefusal(STEP);

    assertThat(refused.next()).isEqualTo(8);
    assertThat(refused.afterNothing().next()).isEqualTo(8);
    assertThat(calm(refused, A_LONG_WHILE).afterNothing().next()).isEqualTo(8);
  }

  @Test
  void after_a_refusal_a_step_that_had_become_narrower_stays_so() {
    WindowWidths refused = widths().afterCut(STEP).afterRefusal(STEP);

    assertThat(refused.next()).isEqualTo(4);
    assertThat(calm(refused, A_LONG_WHILE).next()).isEqualTo(4);
  }

  @Test
  void steps_behind_a_cut_answer_are_half_as_wide_and_stay_so() {
    WindowWidths cut = widths().afterCut(STEP);

    assertThat(cut.next()).isEqualTo(4);
    assertThat(calm(cut, A_LONG_WHILE).next()).isEqualTo(4);
    assertThat(cut.afterNothing().next()).isEqualTo(8);
    assertThat(widths().afterCut(window(1, 1)).next()).isEqualTo(1);
  }

  @Test
  void a_cut_answer_over_a_gap_leaves_the_step() {
    assertThat(widths().afterCut(window(1, 64)).next()).isEqualTo(8);
  }
}
