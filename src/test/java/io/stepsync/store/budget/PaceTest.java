package io.stepsync.store.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static Pace pace(String limit) {
    return new Pace(BudgetLimit.parse("stepsync.budget.shop", limit));
  }

  /** Returns when so many requests are made that came at {@code since}, in tenths of a second. */
  private static List<Long> times(Pace pace, long since, int requests) {
    List<Long> times = new ArrayList<>();
    long now = since;
    for (int i = 0; i < requests; i++) {
      now = Math.max(now, pace.earliest(since, now));
      pace.take(pace.earliest(since, now));
      times.add(now * 10 / SECOND);
    }
    return times;
  }

  @Test
  void requests_are_evenly_spaced_and_a_rest_is_not_made_up_for() {
    Pace pace = pace("2/s");

    assertThat(times(pace, 0, 3)).containsExactly(0L, 5L, 10L);
    assertThat(times(pace, 60 * SECOND, 3)).containsExactly(600L, 605L, 610L);
  }

  @Test
  void a_burst_is_free_after_a_rest() {
    Pace pace = pace("2/s, burst 3");

    assertThat(times(pace, 0, 5)).containsExactly(0L, 0L, 0L, 5L, 10L);
    assertThat(times(pace, 2 * SECOND, 3)).containsExactly(20L, 20L, 25L);
  }

  @Test
  void a_thread_that_wakes_up_late_slows_no_other_down() {
    Pace pace = pace("10/s");
    pace.take(pace.earliest(0, 0));
    long late = SECOND / 10 + SECOND / 100;
    pace.take(pace.earliest(0, late));

    assertThat(pace.earliest(0, late)).isEqualTo(SECOND / 5);
  }

  @Test
  void nothing_is_due_while_it_is_held_back_and_the_longest_counts() {
    Pace pace = pace("10/s, burst 5");
    pace.hold(3 * SECOND);
    pace.hold(2 * SECOND);

    assertThat(pace.earliest(0, 0)).isEqualTo(3 * SECOND);
  }

  @Test
  void moments_are_waited_for_and_those_that_passed_unused_are_lost() {
    Pace pace = pace("10/s");
    assertThat(pace.lacksGrants(0)).isTrue();

    pace.grant(0, List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(9)));
    assertThat(pace.earliest(0, 0)).isEqualTo(SECOND);
    pace.take(SECOND);
    assertThat(pace.lacksGrants(8 * SECOND)).isFalse();
    assertThat(pace.earliest(0, 8 * SECOND)).isEqualTo(9 * SECOND);
    assertThat(pace.lacksGrants(10 * SECOND)).isTrue();
  }

  @Test
  void as_long_as_all_moments_are_used_twice_as_many_are_asked_for_up_to_a_second() {
    Pace pace = pace("10/s");
    List<Integer> portions = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      portions.add(pace.portion(i * SECOND));
    }

    assertThat(portions).containsExactly(1, 2, 4, 8, 10, 10);
    pace.grant(5 * SECOND, List.of(Duration.ZERO));
    pace.lacksGrants(6 * SECOND);
    assertThat(pace.portion(6 * SECOND)).isEqualTo(1);
    assertThat(pace.portion(7 * SECOND)).isEqualTo(2);
    assertThat(pace.portion(10 * SECOND)).isEqualTo(1);
  }

  @Test
  void of_a_slow_budget_one_is_asked_for_at_a_time() {
    Pace pace = pace("40/min");

    assertThat(pace.portion(0)).isEqualTo(1);
    assertThat(pace.portion(SECOND)).isEqualTo(1);
  }
}
