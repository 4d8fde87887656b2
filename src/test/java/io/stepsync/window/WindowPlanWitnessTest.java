package io.stepsync.window;

import static io.stepsync.window.PlanExamples.NONE;
import static io.stepsync.window.PlanExamples.found;
import static io.stepsync.window.PlanExamples.foundNothing;
import static io.stepsync.window.PlanExamples.planWithoutDoubt;
import static io.stepsync.window.PlanExamples.refused;
import static io.stepsync.window.PlanExamples.settings;
import static io.stepsync.window.PlanExamples.troubled;
import static io.stepsync.window.PlanExamples.window;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Windows wider than a step begin at a record that must be in their answers. */
class WindowPlanWitnessTest {

  /** The IDs up to 8 are copied, and nothing is in 9..18. */
  private static WindowPlan inGap() {
    WindowPlan full = found(start(), 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    return foundNothing(full);
  }

  private static WindowPlan start() {
    return planWithoutDoubt(settings(10, 1000, NONE, NONE));
  }

  @Test
  void a_wide_window_begins_at_the_highest_record() {
    assertThat(inGap().next()).contains(window(8, 40));
    assertThat(inGap().witnessOf(window(8, 40))).isEqualTo(8);
    assertThat(inGap().news(window(8, 40))).isEqualTo(window(21, 40));
    assertThat(start().witnessOf(window(1, 10))).isEqualTo(-1);
  }

  @Test
  void with_the_witness_alone_it_is_empty() {
    WindowPlan wider = found(inGap(), 8L);

    assertThat(wider.hasSettled()).isTrue();
    assertThat(wider.isCommitting()).isFalse();
    assertThat(wider.next()).contains(window(8, 80));
    assertThat(wider.checkpoint().currentId()).isEqualTo(9);
  }

  @Test
  void a_record_below_the_scan_is_found_on_the_way() {
    WindowPlan late = found(inGap(), 8L, 12L);

    assertThat(late.isCommitting()).isTrue();
    assertThat(late.checkpoint().currentId()).isEqualTo(13);
    assertThat(late.next()).contains(window(41, 50));
  }

  @Test
  void without_the_witness_it_is_not_believed_and_a_step_is_asked_that_must_have_it() {
    WindowPlan doubtful = foundNothing(inGap());

    assertThat(doubtful.hasSettled()).isFalse();
    assertThat(doubtful.next()).contains(window(1, 8));
  }

  @Test
  void if_the_step_has_it_the_run_goes_on_in_steps() {
    WindowPlan steps = found(foundNothing(inGap()), 7L, 8L);

    assertThat(steps.isInSteps()).isTrue();
    assertThat(steps.hasSettled()).isFalse();
    assertThat(steps.next()).contains(window(21, 30));
    assertThat(foundNothing(steps).next()).contains(window(31, 40));
  }

  @Test
  void if_it_was_deleted_the_highest_that_is_left_is_the_witness() {
    WindowPlan other = found(foundNothing(inGap()), 6L, 7L);

    assertThat(other.isInSteps()).isFalse();
    assertThat(other.next()).contains(window(7, 40));
  }

  @Test
  void if_none_is_left_wide_windows_are_believed() {
    WindowPlan none = foundNothing(foundNothing(inGap()));

    assertThat(none.next()).contains(window(21, 40));
    assertThat(foundNothing(none).next()).contains(window(41, 80));
  }

  @Test
  void if_the_step_cannot_be_answered_the_run_goes_on_in_steps() {
    WindowPlan failed = troubled(foundNothing(inGap()));

    assertThat(failed.isInSteps()).isTrue();
    assertThat(failed.next()).contains(window(1, 4));
  }

  @Test
  void a_width_that_was_answered_with_the_witness_needs_it_no_more() {
    WindowPlan trusted = found(found(inGap(), 8L), 8L, 70L);

    assertThat(trusted.next()).contains(window(81, 120));
  }

  @Test
  void a_refused_window_is_asked_in_steps_from_where_the_scan_was() {
    assertThat(refused(inGap()).next()).contains(window(21, 30));
    assertThat(troubled(inGap()).next()).contains(window(21, 30));
  }

  @Test
  void a_window_does_not_grow_past_the_widest_for_its_witness() {
    WindowPlan plan = planWithoutDoubt(settings(10, 50, NONE, NONE));
    WindowPlan gap = found(foundNothing(found(plan, 1L, 10L)), 10L);

    assertThat(foundNothing(found(plan, 1L, 10L)).next()).contains(window(10, 40));
    assertThat(gap.next()).contains(window(41, 71));
  }

  @Test
  void a_gap_before_the_first_record_is_asked_once_more_with_that_record_at_its_end() {
    WindowPlan gap = foundNothing(foundNothing(planWithoutDoubt(settings(10, 1000, 35, NONE))));
    WindowPlan check = found(gap, 33L);

    assertThat(gap.next()).contains(window(31, 35));
    assertThat(check.hasSettled()).isFalse();
    assertThat(check.next()).contains(window(14, 33));
    assertThat(found(check, 33L).checkpoint().currentId()).isEqualTo(34);
    assertThat(found(check, 33L).next()).contains(window(34, 35));
    assertThat(foundNothing(found(check, 33L)).next()).isEmpty();
  }

  @Test
  void if_that_answer_lacks_it_the_gap_is_asked_in_steps() {
    WindowPlan gap = foundNothing(foundNothing(planWithoutDoubt(settings(10, 1000, 35, NONE))));

    WindowPlan back = foundNothing(found(gap, 33L));

    assertThat(back.isInSteps()).isTrue();
    assertThat(back.next()).contains(window(11, 20));
    assertThat(refused(found(gap, 33L)).next()).contains(window(11, 20));
    assertThat(troubled(found(gap, 33L)).next()).contains(window(11, 20));
  }

  @Test
  void a_first_load_that_found_nothing_asks_its_first_steps_one_by_one() {
    WindowPlan nothing = PlanExamples.plan(settings(10, 1000, 30, NONE));
    WindowPlan end = foundNothing(foundNothing(nothing));

    assertThat(end.next()).contains(window(11, 20));
    assertThat(foundNothing(foundNothing(end)).next()).isEmpty();
    assertThat(found(end, 15L).isInSteps()).isFalse();
  }
}
