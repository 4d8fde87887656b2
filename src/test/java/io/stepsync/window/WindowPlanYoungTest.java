package io.stepsync.window;

import static io.stepsync.window.PlanExamples.NONE;
import static io.stepsync.window.PlanExamples.records;
import static io.stepsync.window.PlanExamples.settings;
import static io.stepsync.window.PlanExamples.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.window.YoungIds.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which unused IDs are asked again, and when. */
class WindowPlanYoungTest {

  private static final long SETTLE = 1000;

  private static WindowPlan plan(
      ScanSettings settings,
      long checkpoint,
      YoungIds young,
      boolean loaded,
      long highest,
      long now) {
    return WindowPlan.startingAt(
        new ScanStart(
            new Checkpoint(checkpoint),
            PlanExamples.CUTS_NOTHING,
            RecordsBelow.NOTHING,
            young,
            Density.UNKNOWN,
            loaded,
            highest,
            now),
        settings.settlingAfter(SETTLE));
  }

  private static WindowPlan plan(long checkpoint, YoungIds young, long now) {
    return plan(settings(10, 1000, NONE, 20), checkpoint, young, true, checkpoint - 1, now);
  }

  private static WindowPlan found(WindowPlan plan, long askedAt, Long... ids) {
    return plan.after(new Outcome.Answered(plan.next().orElseThrow(), records(ids), askedAt, 5));
  }

  /** The plan after its next window held no more than its witness. */
  private static WindowPlan foundNothing(WindowPlan plan, long askedAt) {
    long witness = plan.witnessOf(plan.next().orElseThrow());
    return witness < 0 ? found(plan, askedAt) : found(plan, askedAt, witness);
  }

  @Test
  void what_is_unused_between_records_is_young_until_it_may_not_come_any_more() {
    WindowPlan after = found(plan(1, YoungIds.NONE, 100), 100, 1L, 2L, 5L, 6L);

    assertThat(after.young().ranges()).containsExactly(new Range(3, 4, 2, 1105, false));
    assertThat(after.isCommitting()).isTrue();
  }

  @Test
  void what_was_passed_before_a_higher_id_came_is_asked_at_the_end_of_the_run() {
    WindowPlan passed = found(found(plan(1, YoungIds.NONE, 100), 100, 1L, 2L), 110, 11L, 12L);
    WindowPlan end = foundNothing(foundNothing(passed, 120), 130);

    assertThat(passed.young().ranges()).containsExactly(new Range(3, 10, 8, 1115, true));
    assertThat(end.next()).contains(window(3, 10));

    WindowPlan asked = found(end, 140);

    assertThat(asked.next()).isEmpty();
    assertThat(asked.young().ranges()).containsExactly(new Range(3, 10, 8, 1115, false));
    assertThat(asked.isCommitting()).isTrue();
  }

  @Test
  void if_some_of_it_has_come_all_that_the_run_left_is_asked() {
    WindowPlan passed =
        found(found(plan(1, YoungIds.NONE, 100), 100, 1L, 2L, 5L, 9L), 110, 11L, 12L);
    WindowPlan end = foundNothing(foundNothing(passed, 120), 130);

    assertThat(end.next()).contains(window(10, 10));
    assertThat(found(end, 140, 10L).next()).contains(window(3, 8));
  }

  @Test
  void a_run_asks_first_what_has_come_of_age_and_forgets_it() {
    YoungIds young = new YoungIds(List.of(new Range(3, 4, 2, 1000, false)));
    WindowPlan plan = plan(50, young, 1001);

    WindowPlan asked = found(plan, 1001);

    assertThat(plan(50, young, 999).next()).contains(window(50, 59));
    assertThat(plan.next()).contains(window(3, 4));
    assertThat(plan.ahead(2)).containsExactly(window(3, 4), window(50, 59));
    assertThat(asked.young()).isEqualTo(YoungIds.NONE);
    assertThat(asked.isCommitting()).isTrue();
    assertThat(asked.checkpoint().currentId()).isEqualTo(50);
  }

  @Test
  void that_nothing_came_is_kept_once_for_all_that_is_asked_again() {
    YoungIds young =
        new YoungIds(List.of(new Range(3, 4, 2, 1000, false), new Range(30, 34, 5, 1000, false)));

    WindowPlan first = found(plan(50, young, 1001), 1001);

    assertThat(first.isCommitting()).isFalse();
    assertThat(found(first, 1001).isCommitting()).isTrue();
  }

  @Test
  void a_wide_gap_is_asked_again_at_once_with_the_record_below_it() {
    YoungIds young = new YoungIds(List.of(new Range(3, 400, 398, 1000, false)));
    WindowPlan plan = plan(500, young, 1001);

    assertThat(plan.next()).contains(window(2, 400));
    assertThat(plan.witnessOf(window(2, 400))).isEqualTo(2);
    assertThat(found(plan, 1001, 2L).young()).isEqualTo(YoungIds.NONE);
    assertThat(found(plan, 1001).next()).contains(window(3, 12));
    assertThat(plan.after(new Outcome.Refused(window(2, 400))).next()).contains(window(3, 12));
  }

  @Test
  void below_the_head_nothing_is_passed_before_a_higher_id_came() {
    WindowPlan plan = plan(settings(10, 1000, 12, NONE), 1, YoungIds.NONE, true, 12, 100);

    WindowPlan end = found(found(plan, 100, 1L, 2L), 110, 11L, 12L);

    assertThat(end.next()).isEmpty();
    assertThat(end.young().ranges()).containsExactly(new Range(3, 10, 8, 1100, false));
  }

  @Test
  void what_is_asked_long_after_the_head_was_told_is_of_age_already() {
    WindowPlan plan = plan(settings(10, 1000, 12, NONE), 1, YoungIds.NONE, true, 12, 100);

    assertThat(found(plan, 1100, 1L, 2L, 5L).young().count()).isEqualTo(2);
    assertThat(found(plan, 1101, 1L, 2L, 5L).young()).isEqualTo(YoungIds.NONE);
  }

  @Test
  void of_a_first_load_only_what_lies_near_the_highest_id_is_young() {
    ScanSettings settings = settings(1000, 1_000_000, NONE, NONE);
    long near = 1_000_000 - 64_000;

    assertThat(gapBelow(settings, near - 1, false).count()).isZero();
    assertThat(gapBelow(settings, near, false).count()).isEqualTo(1);
    assertThat(gapBelow(settings, near - 1, true).count()).isEqualTo(1);
    assertThat(gapBelow(settings(1, 1, NONE, NONE), 990_000, false).count()).isEqualTo(1);
    assertThat(gapBelow(settings(1, 1, NONE, NONE), 989_999, false).count()).isZero();
  }

  /** The young IDs after a window in which one ID is not used. */
  private static YoungIds gapBelow(ScanSettings settings, long unused, boolean loaded) {
    WindowPlan plan = plan(settings, unused, YoungIds.NONE, loaded, 1_000_000, 0);
    IdWindow window = window(unused, unused + 1);
    return plan.after(new Outcome.Answered(window, records(unused + 1), 0, 0)).young();
  }

  @Test
  void an_id_without_an_answer_is_a_dead_letter_and_not_young() {
    WindowPlan failing = plan(settings(1, 1, NONE, 20), 1, YoungIds.NONE, true, 0, 100);
    WindowPlan failed = found(failing, 100, 1L).after(new Outcome.Failed(window(2, 2)));

    assertThat(found(found(failed, 110), 120, 4L).young().ranges())
        .containsExactly(new Range(3, 3, 1, 1125, true));
  }

  @Test
  void the_end_of_a_closed_lane_is_young() {
    ScanSettings lane =
        settings(10, 1000, NONE, 20)
            .of(new Lane(0, 30, new Checkpoint(5), RecordsBelow.NOTHING, 0), 99);
    WindowPlan plan = plan(lane, 5, YoungIds.NONE, true, 99, 100);

    WindowPlan end = foundNothing(foundNothing(found(plan, 100, 6L, 7L), 110), 120);

    assertThat(end.checkpoint().currentId()).isEqualTo(31);
    assertThat(end.young().ranges())
        .containsExactly(new Range(5, 5, 1, 1100, false), new Range(8, 30, 23, 1100, false));
  }

  @Test
  void where_answers_are_open_ended_nothing_is_passed_and_holes_are_young() {
    ScanSettings open = new ScanSettings(1, 10, 10, NONE, 20, 0, 0, false, true, false, SETTLE);
    WindowPlan plan = plan(open, 1, YoungIds.NONE, true, 0, 100);

    WindowPlan after =
        plan.after(new Outcome.Answered(window(1, 40), records(1L, 2L, 40L), 100, 0));

    assertThat(after.young().ranges()).containsExactly(new Range(3, 39, 37, 1100, false));
    assertThat(after.next()).contains(window(41, 50));
  }
}
