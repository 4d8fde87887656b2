package io.stepsync.window;

import static io.stepsync.window.PlanExamples.NONE;
import static io.stepsync.window.PlanExamples.found;
import static io.stepsync.window.PlanExamples.foundNothing;
import static io.stepsync.window.PlanExamples.plan;
import static io.stepsync.window.PlanExamples.records;
import static io.stepsync.window.PlanExamples.refused;
import static io.stepsync.window.PlanExamples.settings;
import static io.stepsync.window.PlanExamples.troubled;
import static io.stepsync.window.PlanExamples.window;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers that may be capped, and how they are proved whole (docs/decisions/0005). */
class WindowPlanProofTest {

  private static WindowPlan start() {
    return plan(settings(10, 1000, NONE, NONE));
  }

  /** The window 1..10 is settled with 3 records, in two parts. */
  private static WindowPlan settled() {
    return found(found(found(start(), 2L, 4L, 9L), 2L, 4L), 9L);
  }

  /** The window 11..20 is in doubt, and is asked together with the 3 records below it. */
  private static WindowPlan probing() {
    return found(settled(), 11L, 15L, 18L);
  }

  /** The window 1..10 had 4 records, and the two up to its median are settled. */
  private static WindowPlan lowerPartSettled() {
    return found(found(start(), 2L, 4L, 6L, 9L), 2L, 4L);
  }

  @Test
  void an_answer_in_doubt_settles_nothing_and_is_asked_again_in_parts_cut_at_its_median() {
    WindowPlan lower = found(start(), 2L, 4L, 9L);
    WindowPlan upper = found(lower, 2L, 4L);

    assertThat(lower.checkpoint().currentId()).isEqualTo(1);
    assertThat(lower.next()).contains(window(1, 4));
    assertThat(upper.checkpoint().currentId()).isEqualTo(5);
    assertThat(upper.next()).contains(window(5, 10));
    assertThat(settled().checkpoint().currentId()).isEqualTo(10);
    assertThat(settled().next()).contains(window(11, 20));
  }

  @Test
  void a_full_window_is_whole_and_so_is_what_has_fewer_records_behind_it() {
    WindowPlan full = found(start(), 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);

    assertThat(full.next()).contains(window(11, 20));
    assertThat(full.mayBeCapped(window(11, 20), records(11L, 13L, 20L))).isFalse();
    assertThat(found(full, 11L, 13L, 20L).checkpoint().currentId()).isEqualTo(21);
  }

  @Test
  void an_answer_in_doubt_is_asked_together_with_as_many_records_below_it() {
    assertThat(probing().next()).contains(window(1, 20));
    assertThat(probing().isProbe(window(1, 20))).isTrue();
    assertThat(probing().isProbe(window(11, 20))).isFalse();
    assertThat(probing().checkpoint().currentId()).isEqualTo(10);
  }

  @Test
  void what_is_asked_to_see_a_larger_answer_is_never_committed() {
    assertThat(probing().mayBeCapped(window(1, 20), records(2L))).isTrue();
  }

  @Test
  void a_larger_answer_clears_the_doubt() {
    WindowPlan cleared = found(probing(), 2L, 4L, 9L, 11L, 15L, 18L);
    WindowPlan behind = found(cleared, 11L, 15L, 18L);

    assertThat(cleared.next()).contains(window(11, 20));
    assertThat(cleared.isProbe(window(11, 20))).isFalse();
    assertThat(behind.checkpoint().currentId()).isEqualTo(19);
    assertThat(behind.next()).contains(window(21, 30));
    assertThat(behind.answerLimit()).isEqualTo(PlanExamples.limit(6, 0));
  }

  @Test
  void an_answer_that_is_no_larger_is_the_limit_and_windows_stay_under_it() {
    WindowPlan limited = found(probing(), 2L, 4L, 9L);
    WindowPlan lower = found(limited, 11L, 15L, 18L);
    WindowPlan behind = found(found(lower, 11L, 15L), 18L);

    assertThat(limited.answerLimit()).isEqualTo(PlanExamples.limit(3, 3));
    assertThat(limited.next()).contains(window(11, 20));
    assertThat(lower.next()).contains(window(11, 15));
    assertThat(behind.next()).contains(window(21, 25));
  }

  @Test
  void a_smaller_answer_to_more_ids_tells_nothing_and_the_doubt_is_cleared_in_parts() {
    assertProvedInParts(found(probing(), 2L, 4L));
  }

  @Test
  void no_answer_to_more_ids_tells_nothing_and_the_doubt_is_cleared_in_parts() {
    assertProvedInParts(foundNothing(probing()));
  }

  @Test
  void trouble_with_more_ids_tells_nothing_and_the_doubt_is_cleared_in_parts() {
    assertProvedInParts(troubled(probing()));
  }

  @Test
  void a_refusal_of_more_ids_tells_nothing_and_the_doubt_is_cleared_in_parts() {
    assertProvedInParts(refused(probing()));
  }

  private static void assertProvedInParts(WindowPlan lower) {
    WindowPlan upper = found(lower, 11L, 15L);
    WindowPlan behind = found(upper, 18L);

    assertThat(lower.next()).contains(window(11, 15));
    assertThat(upper.next()).contains(window(16, 20));
    assertThat(behind.next()).contains(window(21, 30));
    assertThat(behind.answerLimit()).isEqualTo(PlanExamples.limit(3, 0));
  }

  @Test
  void after_a_refusal_of_more_ids_no_window_is_widened_any_more() {
    WindowPlan behind = found(found(refused(probing()), 11L, 15L), 18L);

    assertThat(foundNothing(behind).next()).contains(window(31, 40));
  }

  @Test
  void a_part_as_large_as_the_whole_beside_one_with_records_is_the_limit() {
    WindowPlan limited = found(lowerPartSettled(), 5L, 6L, 9L, 10L);

    assertThat(limited.answerLimit()).isEqualTo(PlanExamples.limit(4, 4));
    assertThat(limited.next()).contains(window(5, 7));
  }

  @Test
  void a_part_as_large_as_the_whole_tells_nothing_before_another_has_records() {
    WindowPlan lower = found(plan(settings(20, 20, NONE, NONE)), 2L, 8L, 12L, 18L);

    WindowPlan again = found(lower, 1L, 2L, 5L, 8L);

    assertThat(lower.next()).contains(window(1, 8));
    assertThat(again.answerLimit()).isEqualTo(PlanExamples.limit(4, 0));
    assertThat(again.next()).contains(window(1, 2));
  }

  @Test
  void a_part_larger_than_the_whole_has_new_records_and_is_not_the_limit() {
    WindowPlan grown = found(lowerPartSettled(), 5L, 6L, 7L, 9L, 10L);

    assertThat(grown.answerLimit()).isEqualTo(PlanExamples.limit(5, 0));
  }

  @Test
  void a_window_as_large_behind_a_proof_that_ended_with_no_record_is_not_the_limit() {
    assertNextWindowIsInDoubtOnly(foundNothing(lowerPartSettled()));
  }

  @Test
  void a_window_as_large_behind_a_proof_that_ended_with_an_id_without_answer_is_not_the_limit() {
    WindowPlan upperHalf = foundNothing(troubled(lowerPartSettled()));
    WindowPlan lastId = foundNothing(troubled(upperHalf));

    assertThat(lastId.next()).contains(window(10, 10));
    assertNextWindowIsInDoubtOnly(troubled(lastId));
  }

  private static void assertNextWindowIsInDoubtOnly(WindowPlan plan) {
    WindowPlan inDoubt = found(plan, 11L, 13L, 15L, 17L);

    assertThat(plan.next()).contains(window(11, 20));
    assertThat(inDoubt.answerLimit()).isEqualTo(PlanExamples.limit(4, 0));
    assertThat(inDoubt.isProbe(inDoubt.next().orElseThrow())).isTrue();
  }

  @Test
  void what_an_earlier_run_knows_clears_the_doubt_about_the_first_window_of_a_run() {
    WindowPlan plan =
        PlanExamples.plan(
            new Checkpoint(101),
            settings(10, 1000, NONE, NONE),
            PlanExamples.limit(3, 0),
            new RecordsBelow(91, 4));

    assertThat(found(plan, 101L, 105L, 110L).next()).contains(window(91, 110));
  }

  @Test
  void a_limit_that_is_set_needs_no_proof_and_holds_whatever_answers_have() {
    WindowPlan plan = plan(new ScanSettings(1, 10, 10, NONE, NONE, 0, 4));

    assertThat(found(plan, 2L, 4L, 9L).next()).contains(window(11, 20));
    assertThat(found(plan, 2L, 4L, 6L, 9L).next()).contains(window(1, 5));
    assertThat(found(plan, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L).next())
        .contains(window(11, 20));
  }

  @Test
  void a_limit_that_is_set_is_not_taken_for_one_that_was_found_out() {
    WindowPlan plan = plan(new ScanSettings(1, 10, 10, NONE, NONE, 0, 4));

    assertThat(found(plan, 2L, 4L, 6L, 9L).answerLimit()).isEqualTo(PlanExamples.limit(4, 0));
  }

  @Test
  void a_lower_limit_that_was_found_out_holds_beside_one_that_is_set() {
    WindowPlan plan =
        PlanExamples.plan(
            new Checkpoint(1),
            new ScanSettings(1, 10, 10, NONE, NONE, 0, 8),
            PlanExamples.limit(3, 3),
            RecordsBelow.NOTHING);

    assertThat(found(plan, 2L, 4L, 9L).next()).contains(window(1, 5));
  }

  @Test
  void a_window_behind_one_in_doubt_that_was_widened_over_a_gap_is_a_step_again() {
    WindowPlan gap = foundNothing(foundNothing(foundNothing(start())));
    WindowPlan doubt = found(gap, 90L, 100L, 110L);

    assertThat(gap.next()).contains(window(71, 150));
    assertThat(found(found(doubt, 90L, 100L), 110L).next()).contains(window(151, 160));
  }

  @Test
  void an_id_that_is_asked_again_by_itself_leaves_what_is_known_of_those_below_the_checkpoint() {
    RecordsBelow known = new RecordsBelow(8990, 4);
    WindowPlan plan =
        PlanExamples.plan(
                new Checkpoint(9000),
                settings(10, 1000, NONE, NONE),
                PlanExamples.limit(3, 0),
                known)
            .asking(List.of(50L));

    assertThat(found(plan, 50L).known()).isEqualTo(known);
  }

  @Test
  void windows_ahead_are_steps_while_there_are_records_and_none_over_a_gap() {
    WindowPlan gap = foundNothing(start());

    assertThat(start().ahead(3)).containsExactly(window(1, 10), window(11, 20), window(21, 30));
    assertThat(probing().ahead(3)).containsExactly(window(1, 20), window(11, 20), window(21, 30));
    assertThat(gap.ahead(3)).containsExactly(window(11, 30));
    assertThat(plan(settings(10, 1000, 25, NONE)).ahead(9))
        .containsExactly(window(1, 10), window(11, 20), window(21, 25));
    assertThat(start().askingOnly(IdWindow.singles(List.of(1L))).ahead(2))
        .containsExactly(window(1, 1));
  }
}
