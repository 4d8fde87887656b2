package io.stepsync.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.window.IdWindow;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowHistoryTest {

  private final WindowHistory history = new WindowHistory();

  private static WindowHistory.Row row(long firstId, long lastId, long records) {
    return new WindowHistory.Row(new IdWindow(firstId, lastId), records, 10, 1, false);
  }

  private void settled(WindowHistory.Row row, boolean written) {
    history.settled(Optional.of(row), written, row.ids().equals(new IdWindow(5, 5)));
  }

  @Test
  void empty_windows_next_to_one_another_are_one_row_that_goes_with_the_next_window() {
    settled(row(1, 100, 0), false);
    settled(row(101, 300, 0), false);
    WindowHistory.Row next = row(301, 400, 7);

    assertThat(history.unwritten(Optional.of(next)))
        .containsExactly(new WindowHistory.Row(new IdWindow(1, 300), 0, 20, 2, false), next);
    settled(next, true);
    assertThat(history.unwritten(Optional.empty())).isEmpty();
  }

  @Test
  void empty_windows_apart_are_rows_of_their_own() {
    settled(row(7, 7, 0), false);
    settled(row(101, 200, 0), false);

    assertThat(history.unwritten(Optional.empty())).containsExactly(row(7, 7, 0), row(101, 200, 0));
  }

  @Test
  void a_window_that_is_not_above_all_before_it_replaces_a_row_that_there_may_be() {
    settled(row(1, 100, 3), true);
    settled(row(101, 200, 0), false);

    assertThat(history.unwritten(Optional.of(row(150, 160, 1))))
        .extracting(WindowHistory.Row::again)
        .containsExactly(false, true);
    assertThat(history.unwritten(Optional.of(row(1, 100, 4))))
        .extracting(WindowHistory.Row::again)
        .containsExactly(false, true);
  }

  @Test
  void an_id_that_is_asked_again_by_itself_is_one_row_although_its_turn_comes_once_more() {
    settled(row(5, 5, 1), true);

    assertThat(history.unwritten(Optional.of(row(5, 5, 1)))).isEmpty();
    assertThat(history.unwritten(Optional.of(row(6, 6, 1)))).hasSize(1);
  }
}
