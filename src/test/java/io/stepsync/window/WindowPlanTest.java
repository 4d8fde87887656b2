package io.stepsync.window;

import static io.stepsync.window.PlanExamples.HIGHEST;
import static io.stepsync.window.PlanExamples.NONE;
import static io.stepsync.window.PlanExamples.found;
import static io.stepsync.window.PlanExamples.ids;
import static io.stepsync.window.PlanExamples.plan;
import static io.stepsync.window.PlanExamples.range;
import static io.stepsync.window.PlanExamples.records;
import static io.stepsync.window.PlanExamples.settings;
import static io.stepsync.window.PlanExamples.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NavigableSet;
import org.junit.jupiter.api.Test;

class WindowPlanTest {

  @Test
  void none_of_300_ids_added_behind_1500_is_lost() {
    ScanSettings settings = settings(1000, 1000, NONE, 0);
    NavigableSet<Long> source = range(1, 1500);

    SimulatedRun first = SimulatedRun.of(settings, source);
    source.addAll(range(1501, 1800));
    SimulatedRun second = SimulatedRun.of(first.checkpoint(), settings, source);

    assertThat(first.windows())
        .containsExactly(window(1, 1000), window(1001, 2000), window(2001, 3000));
    assertThat(first.checkpoint().currentId()).isEqualTo(1501);
    assertThat(second.windows()).containsExactly(window(1501, 2500), window(2501, 3500));
    assertThat(second.ids()).containsExactlyElementsOf(range(1501, 1800));
    assertThat(second.checkpoint().currentId()).isEqualTo(1801);
  }

  @Test
  void a_gap_is_crossed_and_behind_it_windows_are_as_wide_as_few_records_ask_for() {
    SimulatedRun run = SimulatedRun.of(settings(10, 1000, NONE, 100), ids(5L, 75L));

    assertThat(run.windows())
        .containsExactly(
            window(1, 10), // found
            window(11, 20),
            window(21, 40),
            window(41, 80), // found
            window(81, 120),
            window(121, 200));
    assertThat(run.ids()).containsExactly(5L, 75L);
    assertThat(run.checkpoint().currentId()).isEqualTo(76);
  }

  @Test
  void a_gap_of_a_million_ids_costs_at_most_25_requests() {
    ScanSettings settings = settings(1, HIGHEST, 1_000_002, NONE);

    SimulatedRun run = SimulatedRun.of(settings, ids(1L, 1_000_002L));

    assertThat(run.ids()).containsExactly(1L, 1_000_002L);
    assertThat(run.windows()).hasSizeLessThanOrEqualTo(25);
  }

  @Test
  void a_window_is_widened_to_the_largest_step_size_and_no_further() {
    SimulatedRun run = SimulatedRun.of(settings(10, 25, NONE, 80), ids());

    assertThat(run.windows())
        .containsExactly(window(1, 10), window(11, 30), window(31, 55), window(56, 80));
  }

  @Test
  void max_gap_0_stops_at_the_first_empty_window() {
    SimulatedRun run = SimulatedRun.of(settings(10, 1000, NONE, 0), ids(3L, 15L, 31L));

    assertThat(run.windows()).containsExactly(window(1, 10), window(11, 20), window(21, 30));
    assertThat(run.checkpoint().currentId()).isEqualTo(16);
  }

  @Test
  void a_run_ends_when_as_many_ids_as_max_gap_are_unused_in_a_row() {
    NavigableSet<Long> source = ids(8L);

    assertThat(SimulatedRun.of(settings(10, 10, NONE, 12), source).windows())
        .containsExactly(window(1, 10), window(11, 20));
    assertThat(SimulatedRun.of(settings(10, 10, NONE, 13), source).windows())
        .containsExactly(window(1, 10), window(11, 20), window(21, 30));
  }

  @Test
  void the_last_window_ends_at_max_id() {
    SimulatedRun run = SimulatedRun.of(settings(1000, 1000, 1500, 0), range(1, 5000));

    assertThat(run.windows()).containsExactly(window(1, 1000), window(1001, 1500));
    assertThat(run.ids()).containsExactlyElementsOf(range(1, 1500));
    assertThat(run.checkpoint().currentId()).isEqualTo(1501);
  }

  @Test
  void a_run_that_starts_past_max_id_asks_nothing() {
    SimulatedRun run =
        SimulatedRun.of(new Checkpoint(1501), settings(1000, 1000, 1500, 0), range(1, 5000));

    assertThat(run.windows()).isEmpty();
    assertThat(run.checkpoint().currentId()).isEqualTo(1501);
  }

  @Test
  void a_run_without_records_leaves_the_checkpoint() {
    SimulatedRun run =
        SimulatedRun.of(new Checkpoint(700), settings(10, 100, NONE, 1000), range(1, 699));

    assertThat(run.windows()).first().isEqualTo(window(700, 709));
    assertThat(run.checkpoint().currentId()).isEqualTo(700);
  }

  @Test
  void the_highest_id_of_all_is_asked_once_a_run_and_the_checkpoint_stays_on_it() {
    ScanSettings settings = new ScanSettings(HIGHEST - 14, 10, 1000, NONE, 1000, 0, 0);
    NavigableSet<Long> source = ids(HIGHEST - 14, HIGHEST);

    SimulatedRun first = SimulatedRun.of(settings, source);
    SimulatedRun second = SimulatedRun.of(first.checkpoint(), settings, source);

    assertThat(first.windows())
        .containsExactly(window(HIGHEST - 14, HIGHEST - 5), window(HIGHEST - 4, HIGHEST));
    assertThat(first.checkpoint().currentId()).isEqualTo(HIGHEST);
    assertThat(second.windows()).containsExactly(window(HIGHEST, HIGHEST));
    assertThat(second.checkpoint().currentId()).isEqualTo(HIGHEST);
  }

  @Test
  void the_widest_windows_of_all_do_not_overflow() {
    ScanSettings settings = new ScanSettings(0, HIGHEST / 2 + 2, HIGHEST, NONE, NONE, 0, 0);

    SimulatedRun run = SimulatedRun.of(settings, ids(HIGHEST));

    assertThat(run.windows())
        .containsExactly(window(0, HIGHEST / 2 + 1), window(HIGHEST / 2 + 2, HIGHEST));
    assertThat(run.ids()).containsExactly(HIGHEST);
  }

  @Test
  void a_record_outside_the_window_is_refused() {
    assertThatThrownBy(() -> new Outcome.Answered(window(1, 10), records(11L), 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 records of [11] must be inside the window 1..10");
  }

  @Test
  void an_answer_makes_a_new_plan_and_leaves_the_old_one() {
    WindowPlan plan = plan(settings(10, 10, NONE, 0));

    WindowPlan next = found(plan, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);

    assertThat(plan.next()).contains(window(1, 10));
    assertThat(plan.checkpoint().currentId()).isEqualTo(1);
    assertThat(next.next()).contains(window(11, 20));
    assertThat(next.checkpoint().currentId()).isEqualTo(11);
  }
}
