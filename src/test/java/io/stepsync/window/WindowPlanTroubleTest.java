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

import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows that the API cannot answer, or refuses, and single IDs that are asked for again. */
class WindowPlanTroubleTest {

  private static WindowPlan start() {
    return planWithoutDoubt(settings(10, 1000, NONE, NONE));
  }

  @Test
  void a_window_in_trouble_is_asked_again_in_halves() {
    WindowPlan lower = troubled(start());
    WindowPlan upper = found(lower, 2L);

    assertThat(lower.next()).contains(window(1, 5));
    assertThat(upper.next()).contains(window(6, 10));
    assertThat(foundNothing(upper).next()).contains(window(11, 15));
  }

  @Test
  void halves_become_as_narrow_as_one_id_which_is_passed_over() {
    WindowPlan single = troubled(troubled(troubled(troubled(start()))));

    assertThat(single.next()).contains(window(1, 1));
    assertThat(troubled(single).next()).contains(window(2, 2));
    assertThat(troubled(single).checkpoint().currentId()).isEqualTo(1);
  }

  @Test
  void trouble_in_a_half_does_not_narrow_the_windows_behind_once_more() {
    WindowPlan plan = troubled(troubled(start()));

    WindowPlan behind = foundNothing(foundNothing(foundNothing(plan)));

    assertThat(behind.next()).contains(window(11, 15));
  }

  @Test
  void a_run_is_not_caught_up_before_both_halves_are_asked() {
    WindowPlan lower = troubled(planWithoutDoubt(settings(10, 10, NONE, 5)));

    WindowPlan upper = foundNothing(lower);

    assertThat(upper.next()).contains(window(6, 10));
    assertThat(foundNothing(upper).next()).isEmpty();
  }

  @Test
  void a_window_is_widened_that_is_wider_than_a_step() {
    assertThat(start().isWidened(window(11, 20))).isFalse();
    assertThat(start().isWidened(window(11, 21))).isTrue();
  }

  @Test
  void a_window_that_is_refused_is_asked_again_in_steps_and_none_is_widened_any_more() {
    WindowPlan widened = foundNothing(start());

    WindowPlan again = refused(widened);

    assertThat(widened.next()).contains(window(11, 30));
    assertThat(again.next()).contains(window(11, 20));
    assertThat(foundNothing(again).next()).contains(window(21, 30));
  }

  @Test
  void the_last_window_of_a_run_is_asked_again_too() {
    WindowPlan last = foundNothing(planWithoutDoubt(settings(10, 1000, 30, NONE)));

    assertThat(last.next()).contains(window(11, 30));
    assertThat(refused(last).next()).contains(window(11, 20));
    assertThat(foundNothing(foundNothing(refused(last))).next()).isEmpty();
  }

  @Test
  void a_wide_window_in_trouble_is_asked_again_in_a_step_and_then_at_most_half_as_wide() {
    WindowPlan step = troubled(foundNothing(foundNothing(start())));

    WindowPlan wide = foundNothing(step);

    assertThat(foundNothing(foundNothing(start())).next()).contains(window(31, 70));
    assertThat(step.next()).contains(window(31, 40));
    assertThat(wide.next()).contains(window(41, 60));
    assertThat(foundNothing(wide).next()).contains(window(61, 80));
  }

  @Test
  void ids_that_are_asked_for_again_come_first_each_once_and_the_lowest_first() {
    WindowPlan plan = start().asking(List.of(7L, 3L, 7L));

    WindowPlan second = foundNothing(plan);

    assertThat(plan.next()).contains(window(3, 3));
    assertThat(second.next()).contains(window(7, 7));
    assertThat(foundNothing(second).next()).contains(window(1, 10));
  }

  @Test
  void what_an_id_that_is_asked_for_again_gives_does_not_change_the_widths() {
    WindowPlan asking = start().asking(List.of(3L));

    assertThat(found(asking, 3L).next()).contains(window(1, 10));
    assertThat(foundNothing(asking).next()).contains(window(1, 10));
    assertThat(troubled(asking).next()).contains(window(1, 10));
  }

  @Test
  void an_id_that_is_asked_for_again_below_the_checkpoint_leaves_it() {
    WindowPlan plan = found(start(), 9L).asking(List.of(3L));

    assertThat(found(plan, 3L).checkpoint().currentId()).isEqualTo(10);
  }

  @Test
  void what_is_asked_by_itself_moves_no_checkpoint_for_what_lies_below_was_not_asked() {
    WindowPlan plan = start().askingOnly(IdWindow.singles(List.of(7L)));

    WindowPlan after = found(plan, 7L);

    assertThat(after.checkpoint()).isEqualTo(plan.checkpoint());
    assertThat(after.young()).isEqualTo(plan.young());
    assertThat(after.isCommitting()).isTrue();
  }

  @Test
  void a_run_that_asks_only_for_ids_ends_behind_them() {
    WindowPlan plan = start().askingOnly(IdWindow.singles(List.of(3L, 7L)));

    assertThat(plan.next()).contains(window(3, 3));
    assertThat(found(plan, 3L).next()).contains(window(7, 7));
    assertThat(troubled(found(plan, 3L)).next()).isEmpty();
  }

  @Test
  void a_run_that_asks_only_for_ids_says_so_and_not_that_all_young_ones_are_asked() {
    WindowPlan plan = start().askingOnly(IdWindow.singles(List.of(3L, 7L)));

    assertThat(plan.toString()).contains("ASKING_GIVEN").doesNotContain("ASKING_ALL");
    assertThat(found(found(plan, 3L), 7L).toString()).contains("ASKING_GIVEN");
  }
}
