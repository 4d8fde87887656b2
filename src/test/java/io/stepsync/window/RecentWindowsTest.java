package io.stepsync.window;

import static io.stepsync.window.PlanExamples.window;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentWindowsTest {

  private static final long WIDEST = 1000;
  private static final Checkpoint BEHIND_THREE = new Checkpoint(31);

  /** So many windows of 10 IDs from 1, with 10 records each. */
  private static RecentWindows settled(int windows) {
    RecentWindows recent = RecentWindows.of(RecordsBelow.NOTHING);
    for (long first = 1; first <= 10L * windows; first += 10) {
      recent = recent.with(window(first, first + 9), 10);
    }
    return recent;
  }

  @Test
  void as_few_windows_as_have_the_records_are_asked_again() {
    IdWindow next = window(31, 40);

    assertThat(settled(3).windowUpTo(next, 1, WIDEST)).contains(window(21, 40));
    assertThat(settled(3).windowUpTo(next, 10, WIDEST)).contains(window(21, 40));
    assertThat(settled(3).windowUpTo(next, 11, WIDEST)).contains(window(11, 40));
    assertThat(settled(3).windowUpTo(next, 21, WIDEST)).contains(window(1, 40));
  }

  @Test
  void all_that_is_known_is_asked_again_where_it_has_too_few_records() {
    assertThat(settled(3).windowUpTo(window(31, 40), 500, WIDEST)).contains(window(1, 40));
  }

  @Test
  void no_window_is_wider_than_the_widest() {
    IdWindow next = window(31, 40);

    assertThat(settled(3).windowUpTo(next, 500, 30)).contains(window(11, 40));
    assertThat(settled(3).windowUpTo(next, 500, 29)).contains(window(21, 40));
    assertThat(settled(3).windowUpTo(next, 500, 19)).isEmpty();
  }

  @Test
  void windows_that_do_not_begin_below_are_no_help() {
    assertThat(settled(3).windowUpTo(window(21, 40), 10, WIDEST)).contains(window(11, 40));
    assertThat(settled(3).windowUpTo(window(1, 40), 10, WIDEST)).isEmpty();
  }

  @Test
  void nothing_is_asked_again_where_nothing_is_known() {
    assertThat(RecentWindows.of(RecordsBelow.NOTHING).windowUpTo(window(31, 40), 1, WIDEST))
        .isEmpty();
    assertThat(RecentWindows.of(new RecordsBelow(5, 0)).windowUpTo(window(31, 40), 1, WIDEST))
        .isEmpty();
  }

  @Test
  void what_an_earlier_run_settled_is_asked_again() {
    assertThat(RecentWindows.of(new RecordsBelow(5, 20)).windowUpTo(window(31, 40), 1, WIDEST))
        .contains(window(5, 40));
  }

  @Test
  void a_window_that_is_settled_again_counts_once() {
    RecentWindows again = settled(3).with(window(21, 30), 4);

    assertThat(again.below(31, 14, BEHIND_THREE)).isEqualTo(new RecordsBelow(11, 14));
    assertThat(again.below(31, 15, BEHIND_THREE)).isEqualTo(new RecordsBelow(1, 24));
  }

  @Test
  void a_window_that_is_settled_again_makes_those_above_it_forgotten() {
    RecentWindows again = settled(3).with(window(11, 30), 7);

    assertThat(again.below(31, 7, BEHIND_THREE)).isEqualTo(new RecordsBelow(11, 7));
    assertThat(again.below(31, 500, BEHIND_THREE)).isEqualTo(new RecordsBelow(1, 17));
  }

  @Test
  void as_little_is_kept_for_the_next_run_as_has_the_records() {
    assertThat(settled(3).below(31, 10, BEHIND_THREE)).isEqualTo(new RecordsBelow(21, 10));
    assertThat(settled(3).below(31, 11, BEHIND_THREE)).isEqualTo(new RecordsBelow(11, 20));
    assertThat(settled(3).below(31, 30, BEHIND_THREE)).isEqualTo(new RecordsBelow(1, 30));
    assertThat(settled(3).below(31, 500, BEHIND_THREE)).isEqualTo(new RecordsBelow(1, 30));
  }

  @Test
  void nothing_is_kept_of_windows_that_reach_to_where_the_next_run_starts() {
    assertThat(settled(3).below(30, 10, BEHIND_THREE)).isEqualTo(new RecordsBelow(11, 10));
    assertThat(settled(3).below(21, 10, BEHIND_THREE)).isEqualTo(new RecordsBelow(11, 10));
    assertThat(settled(3).below(20, 10, BEHIND_THREE)).isEqualTo(new RecordsBelow(1, 10));
    assertThat(settled(3).below(10, 10, BEHIND_THREE)).isEqualTo(RecordsBelow.NOTHING);
  }

  @Test
  void the_last_32_windows_are_known_by_themselves() {
    assertThat(settled(32).windowUpTo(window(321, 330), 310, WIDEST)).contains(window(11, 330));
  }

  @Test
  void older_windows_are_known_together_and_none_is_forgotten() {
    RecentWindows recent = settled(40);

    assertThat(recent.below(401, 310, new Checkpoint(401))).isEqualTo(new RecordsBelow(91, 310));
    assertThat(recent.below(401, 311, new Checkpoint(401))).isEqualTo(new RecordsBelow(1, 400));
  }
}
