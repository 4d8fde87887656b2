package io.stepsync.window;

import static io.stepsync.window.PlanExamples.window;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoundIdsTest {

  private static final FoundIds SOME = FoundIds.of(9, 5, 6, 9, 7);

  @Test
  void an_answer_is_as_large_as_its_records_and_its_ids() {
    assertThat(SOME.size()).isEqualTo(new AnswerSize(5, 4));
    assertThat(FoundIds.of(1, 2).size()).isEqualTo(new AnswerSize(2, 2));
    assertThat(FoundIds.of(1, 1).size()).isEqualTo(new AnswerSize(2, 1));
    assertThat(FoundIds.NONE.size()).isEqualTo(AnswerSize.NOTHING);
    assertThat(FoundIds.NONE.isEmpty()).isTrue();
  }

  @Test
  void its_ids_may_come_in_any_order() {
    assertThat(SOME.lowest()).isEqualTo(5);
    assertThat(SOME.highest()).isEqualTo(9);
    assertThat(SOME.median()).isEqualTo(6);
    assertThat(SOME.contains(7)).isTrue();
    assertThat(SOME.contains(8)).isFalse();
  }

  @Test
  void those_in_a_window_are_counted_and_told() {
    assertThat(SOME.countIn(window(6, 8))).isEqualTo(2);
    assertThat(SOME.countIn(window(1, 4))).isZero();
    assertThat(SOME.countIn(window(5, 9))).isEqualTo(4);
    assertThat(SOME.in(window(6, 8)).contains(7)).isTrue();
    assertThat(SOME.in(window(6, 8)).contains(9)).isFalse();
    assertThat(SOME.in(window(6, 8)).size().ids()).isEqualTo(2);
    assertThat(SOME.in(window(1, 10))).isSameAs(SOME);
  }

  @Test
  void the_range_that_has_all_unused_ids_of_a_window_is_as_short_as_can_be() {
    assertThat(SOME.unusedIn(window(5, 9))).isEqualTo(window(8, 8));
    assertThat(SOME.unusedIn(window(1, 9))).isEqualTo(window(1, 8));
    assertThat(SOME.unusedIn(window(6, 12))).isEqualTo(window(8, 12));
    assertThat(SOME.unusedIn(window(5, 7))).isNull();
    assertThat(SOME.unusedIn(window(9, 9))).isNull();
    assertThat(FoundIds.NONE.unusedIn(window(3, 4))).isEqualTo(window(3, 4));
  }
}
