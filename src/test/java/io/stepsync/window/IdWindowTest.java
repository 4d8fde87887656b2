package io.stepsync.window;

import static io.stepsync.window.PlanExamples.HIGHEST;
import static io.stepsync.window.PlanExamples.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdWindowTest {

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

  @Test
  void the_width_is_the_number_of_ids_as_far_as_a_number_can_tell() {
    assertThat(window(7, 7).width()).isEqualTo(1);
    assertThat(window(11, 20).width()).isEqualTo(10);
    assertThat(window(1, HIGHEST).width()).isEqualTo(HIGHEST);
    assertThat(window(0, HIGHEST).width()).isEqualTo(HIGHEST);
  }

  @Test
  void halves_are_as_wide_as_each_other_or_the_lower_one_is_an_id_wider() {
    assertThat(window(11, 20).halves()).containsExactly(window(11, 15), window(16, 20));
    assertThat(window(11, 21).halves()).containsExactly(window(11, 16), window(17, 21));
    assertThat(window(11, 12).halves()).containsExactly(window(11, 11), window(12, 12));
    assertThat(window(HIGHEST - 1, HIGHEST).halves())
        .containsExactly(window(HIGHEST - 1, HIGHEST - 1), window(HIGHEST, HIGHEST));
  }

  @Test
  void a_window_is_split_behind_an_id_and_neither_part_is_empty() {
    assertThat(window(11, 20).splitAfter(13)).containsExactly(window(11, 13), window(14, 20));
    assertThat(window(11, 20).splitAfter(20)).containsExactly(window(11, 19), window(20, 20));
    assertThat(window(11, 20).splitAfter(10)).containsExactly(window(11, 11), window(12, 20));
  }

  @Test
  void ids_of_as_many_digits_make_a_part_of_a_window() {
    assertThat(window(5, 1234).byDigits())
        .containsExactly(window(5, 9), window(10, 99), window(100, 999), window(1000, 1234));
    assertThat(window(9, 10).byDigits()).containsExactly(window(9, 9), window(10, 10));
    assertThat(window(0, 9).byDigits()).containsExactly(window(0, 9));
    assertThat(window(10, 99).byDigits()).containsExactly(window(10, 99));
    assertThat(window(100, 101).byDigits()).containsExactly(window(100, 101));
  }

  @Test
  void the_highest_id_of_all_has_19_digits() {
    long lowestOf19Digits = 1_000_000_000_000_000_000L;

    assertThat(window(0, HIGHEST).byDigits())
        .hasSize(19)
        .last()
        .isEqualTo(window(lowestOf19Digits, HIGHEST));
    assertThat(window(lowestOf19Digits - 1, lowestOf19Digits).byDigits()).hasSize(2);
  }

  @Test
  void windows_around_ids_begin_and_end_at_one_and_are_no_wider_than_allowed() {
    assertThat(IdWindow.around(List.of(5L, 5L, 17L, 104L, 105L, HIGHEST), 100))
        .containsExactly(window(5, 104), window(105, 105), window(HIGHEST, HIGHEST));
    assertThat(IdWindow.around(List.of(5L, 6L), 1)).containsExactly(window(5, 5), window(6, 6));
    assertThat(IdWindow.around(List.of(), 1)).isEmpty();
  }
}
