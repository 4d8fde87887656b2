package io.stepsync.window;

import static io.stepsync.window.PlanExamples.CUTS_NOTHING;
import static io.stepsync.window.PlanExamples.HIGHEST;
import static io.stepsync.window.PlanExamples.NONE;
import static io.stepsync.window.PlanExamples.found;
import static io.stepsync.window.PlanExamples.foundNothing;
import static io.stepsync.window.PlanExamples.plan;
import static io.stepsync.window.PlanExamples.planWithoutDoubt;
import static io.stepsync.window.PlanExamples.settings;
import static io.stepsync.window.PlanExamples.troubled;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a run stands, and what it leaves to the next. */
class WindowPlanPositionTest {

  private static final AnswerLimit LARGEST_10 = PlanExamples.limit(10, 0);

  private static ScanSettings lookingBack(long lookback) {
    return new ScanSettings(1, 10, 1000, NONE, NONE, lookback, 0);
  }

  /** The windows 1..10, 11..20 and 21..30 are settled with 5 records each. */
  private static WindowPlan settledUpTo30(long lookback) {
    WindowPlan plan =
        PlanExamples.plan(
            new Checkpoint(1), lookingBack(lookback), LARGEST_10, RecordsBelow.NOTHING);
    for (long first = 1; first <= 21; first += 10) {
      plan = found(plan, first, first + 3, first + 5, first + 6, first + 9);
    }
    return plan;
  }

  @Test
  void a_run_stands_at_its_first_id_and_moves_with_its_windows() {
    WindowPlan start = planWithoutDoubt(settings(10, 1000, NONE, NONE));

    assertThat(start.position()).isEqualTo(1);
    assertThat(found(start, 4L).position()).isEqualTo(11);
    assertThat(foundNothing(start).position()).isEqualTo(11);
  }

  @Test
  void a_run_that_looks_back_starts_below_the_checkpoint() {
    WindowPlan plan = PlanExamples.plan(new Checkpoint(301), lookingBack(5));

    assertThat(plan.position()).isEqualTo(296);
  }

  @Test
  void a_run_stands_at_the_half_that_is_left() {
    WindowPlan plan = troubled(planWithoutDoubt(settings(10, 1000, NONE, NONE)));

    assertThat(plan.position()).isEqualTo(1);
    assertThat(foundNothing(plan).position()).isEqualTo(6);
  }

  @Test
  void a_run_stands_at_the_window_in_doubt_while_more_ids_are_asked_with_it() {
    WindowPlan firstRun = plan(settings(10, 1000, NONE, NONE));
    WindowPlan probing = found(found(found(found(firstRun, 2L, 9L), 2L), 9L), 12L, 19L);

    assertThat(probing.next().orElseThrow().firstId()).isEqualTo(1);
    assertThat(probing.position()).isEqualTo(11);
  }

  @Test
  void at_its_end_a_run_stands_behind_the_last_id() {
    WindowPlan end = foundNothing(planWithoutDoubt(settings(10, 10, 7, NONE)));

    assertThat(end.next()).isEmpty();
    assertThat(end.position()).isEqualTo(8);
  }

  @Test
  void no_id_is_behind_the_highest_of_all_so_a_run_stays_at_its_last_window() {
    ScanSettings settings = new ScanSettings(HIGHEST - 4, 10, 10, NONE, NONE, 0, 0);

    WindowPlan end = found(planWithoutDoubt(settings), HIGHEST);

    assertThat(end.next()).isEmpty();
    assertThat(end.position()).isEqualTo(HIGHEST - 4);
  }

  @Test
  void a_run_stands_at_an_id_that_it_asks_for_again() {
    WindowPlan plan = settledUpTo30(0).asking(List.of(3L));

    assertThat(plan.position()).isEqualTo(3);
    assertThat(foundNothing(plan).position()).isEqualTo(31);
  }

  @Test
  void the_next_run_knows_as_many_records_as_the_largest_answer_has() {
    assertThat(settledUpTo30(0).known()).isEqualTo(new RecordsBelow(11, 10));
  }

  @Test
  void the_next_run_knows_only_records_below_those_that_it_reads_again() {
    assertThat(settledUpTo30(15).known()).isEqualTo(new RecordsBelow(1, 5));
  }

  @Test
  void a_run_that_finds_nothing_leaves_what_it_knew() {
    RecordsBelow before = new RecordsBelow(91, 12);

    WindowPlan plan = PlanExamples.plan(new Checkpoint(101), lookingBack(0), LARGEST_10, before);

    assertThat(foundNothing(plan).known()).isEqualTo(before);
  }

  @Test
  void a_first_run_without_records_leaves_nothing() {
    WindowPlan plan =
        PlanExamples.plan(new Checkpoint(1), lookingBack(0), CUTS_NOTHING, RecordsBelow.NOTHING);

    assertThat(foundNothing(plan).known()).isEqualTo(RecordsBelow.NOTHING);
  }
}
