package io.stepsync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdWindowTest {

  private static final long HIGHEST = Long.MAX_VALUE;

  @Test
  void a_window_contains_its_first_and_its_last_id_and_none_beside_them() {
    IdWindow window = new IdWindow(10, 20);

    assertThat(window.contains(9)).isFalse();
    assertThat(window.contains(10)).isTrue();
    assertThat(window.contains(20)).isTrue();
    assertThat(window.contains(21)).isFalse();
  }

  @Test
  void a_window_of_one_id_is_allowed() {
    assertThat(new IdWindow(0, 0).contains(0)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "6, 5", "0, -1", "9223372036854775807, 0"})
  void a_window_that_is_negative_or_upside_down_is_refused(long firstId, long lastId) {
    assertThatThrownBy(() -> new IdWindow(firstId, lastId))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a window must be 0 <= firstId <= lastId, was %d..%d".formatted(firstId, lastId));
  }

  @Test
  void the_last_id_is_first_id_plus_width_minus_one() {
    assertThat(IdWindow.of(1, 1000, HIGHEST)).isEqualTo(new IdWindow(1, 1000));
    assertThat(IdWindow.of(7, 1, HIGHEST)).isEqualTo(new IdWindow(7, 7));
  }

  @Test
  void a_window_is_cut_off_at_the_highest_id() {
    assertThat(IdWindow.of(1001, 1000, 1500)).isEqualTo(new IdWindow(1001, 1500));
    assertThat(IdWindow.of(1500, 1000, 1500)).isEqualTo(new IdWindow(1500, 1500));
  }

  @Test
  void a_window_at_the_end_of_all_ids_does_not_overflow() {
    assertThat(IdWindow.of(HIGHEST, HIGHEST, HIGHEST)).isEqualTo(new IdWindow(HIGHEST, HIGHEST));
    assertThat(IdWindow.of(HIGHEST - 5, 1000, HIGHEST))
        .isEqualTo(new IdWindow(HIGHEST - 5, HIGHEST));
    assertThat(IdWindow.of(0, HIGHEST, HIGHEST)).isEqualTo(new IdWindow(0, HIGHEST - 1));
  }

  @Test
  void a_window_is_shown_as_first_and_last_id() {
    assertThat(new IdWindow(1, 1000)).hasToString("1..1000");
  }
}
