package io.stepsync.window;

import static io.stepsync.window.PlanExamples.NONE;
import static io.stepsync.window.PlanExamples.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.window.AdaptiveStep.Verdict;
import org.junit.jupiter.api.Test;

class WindowWidthsTest {

  private static final IdWindow STEP = window(1, 8);
  private static final int A_LONG_WHILE = 200;

  private static WindowWidths widths(long stepSize, long maxStepSize) {
    return WindowWidths.of(PlanExamples.settings(stepSize, maxStepSize, NONE, NONE));
  }

  /** Steps of 8 IDs, widened up to 100. */
  private static WindowWidths widths() {
    return widths(8, 100);
  }

  private static WindowWidths calm(WindowWidths widths, int windows) {
    WindowWidths calm = widths;
    for (int i = 0; i < windows; i++) {
      calm = calm.afterRecords(STEP, Verdict.AS_IS);
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

    assertThat(widened.afterRecords(window(1, 32), Verdict.AS_IS).next()).isEqualTo(8);
  }

  @Test
  void a_step_that_may_be_wider_doubles_and_stays_so() {
    WindowWidths wider = widths().afterRecords(STEP, Verdict.WIDER);

    assertThat(wider.next()).isEqualTo(16);
    assertThat(calm(wider, A_LONG_WHILE).next()).isEqualTo(16);
  }

  @Test
  void a_step_doubles_once_for_a_window_that_was_widened_over_a_gap() {
    assertThat(widths().afterRecords(window(1, 64), Verdict.WIDER).next()).isEqualTo(16);
  }

  @Test
  void a_window_that_was_less_than_a_step_does_not_tell_that_a_step_may_be_wider() {
    assertThat(widths().afterRecords(window(1, 7), Verdict.WIDER).next()).isEqualTo(8);
  }

  @Test
  void a_step_is_never_wider_than_the_widest_window() {
    assertThat(widths(8, 10).afterRecords(STEP, Verdict.WIDER).next()).isEqualTo(10);
  }

  @Test
  void a_step_that_must_be_narrower_is_half_of_the_window_and_at_least_an_id() {
    assertThat(widths().afterRecords(STEP, Verdict.NARROWER).next()).isEqualTo(4);
    assertThat(widths().afterRecords(window(1, 5), Verdict.NARROWER).next()).isEqualTo(2);
    assertThat(widths().afterRecords(window(1, 1), Verdict.NARROWER).next()).isEqualTo(1);
  }

  @Test
  void half_of_a_window_that_was_widened_over_a_gap_is_no_reason_for_a_wider_step() {
    assertThat(widths().afterRecords(window(1, 64), Verdict.NARROWER).next()).isEqualTo(8);
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
    WindowWidths refused = widths().afterNothing().afterNothing().afterRefusal(8);

    assertThat(refused.next()).isEqualTo(8);
    assertThat(refused.afterNothing().next()).isEqualTo(8);
    assertThat(calm(refused, A_LONG_WHILE).afterNothing().next()).isEqualTo(8);
  }

  @Test
  void after_a_refusal_a_step_that_had_become_wider_is_the_step_size() {
    WindowWidths refused = widths().afterRecords(STEP, Verdict.WIDER).afterRefusal(8);

    assertThat(refused.next()).isEqualTo(8);
    assertThat(refused.afterRecords(STEP, Verdict.AS_IS).next()).isEqualTo(8);
  }

  @Test
  void after_a_refusal_a_step_that_had_become_narrower_stays_so() {
    WindowWidths refused = widths().afterRecords(STEP, Verdict.NARROWER).afterRefusal(8);

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
