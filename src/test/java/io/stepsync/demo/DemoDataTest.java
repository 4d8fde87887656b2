package io.stepsync.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DemoDataTest {

  @Test
  void without_gaps_the_ids_are_those_from_one_to_the_number_of_records() {
    DemoData data = new DemoData(5, 0);

    assertThat(data.ids(1, 100)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(data.highestId()).isEqualTo(5);
  }

  @Test
  void each_nth_id_is_unused() {
    DemoData data = new DemoData(5, 3);

    assertThat(data.ids(1, 100)).containsExactly(1L, 2L, 4L, 5L, 7L);
    assertThat(data.highestId()).isEqualTo(7);
  }

  @Test
  void no_records_have_no_highest_id() {
    assertThat(new DemoData(0, 3).highestId()).isZero();
    assertThat(new DemoData(0, 0).ids(1, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void a_window_of_any_width_costs_no_more_than_its_records() {
    DemoData data = new DemoData(5000, 10);

    assertThat(data.ids(1, 1_000_000_000_000L)).hasSize(5000);
    assertThat(data.ids(5556, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void a_window_far_up_costs_no_more_than_its_records() {
    DemoData data = new DemoData(Long.MAX_VALUE, 0);

    assertThat(data.ids(Long.MAX_VALUE - 1, Long.MAX_VALUE))
        .containsExactly(Long.MAX_VALUE - 1, Long.MAX_VALUE);
  }

  @Test
  void records_that_need_too_high_an_id_are_left_out() {
    assertThat(new DemoData(Long.MAX_VALUE, 2).highestId()).isEqualTo(Long.MAX_VALUE);
    // 2^63 - 1 is a multiple of 7
    assertThat(new DemoData(Long.MAX_VALUE, 7).highestId()).isEqualTo(Long.MAX_VALUE - 1);
  }

  @Test
  void an_unused_id_has_no_record() {
    DemoData data = new DemoData(5, 3);

    assertThat(data.record(7).id()).isEqualTo("7");
    for (long unused : new long[] {Long.MIN_VALUE, -1, 0, 3, 8}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> data.record(unused))
          .withMessage("there is no record of ID " + unused);
    }
  }
}
