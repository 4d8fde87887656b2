package io.stepsync.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.sync.IdWindow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowHistoryTest {

  private final WindowHistory history = new WindowHistory();

  private static WindowRow row(long firstId, long lastId, long records) {
    return new WindowRow(new IdWindow(firstId, lastId), records, 10, 1);
  }

  private void settled(WindowRow row, boolean written) {
    history.settled(Optional.of(row), written, DeadLettersAgain.of(List.of(5L)));
  }

  @Test
  void empty_windows_next_to_one_another_are_one_row_that_goes_with_the_next_window() {
    settled(row(1, 100, 0), false);
    settled(row(101, 300, 0), false);
    WindowRow next = row(301, 400, 7);

    assertThat(history.unwritten(Optional.of(next)))
        .containsExactly(new WindowRow(new IdWindow(1, 300), 0, 20, 2), next);
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
  void an_id_that_is_asked_again_by_itself_is_one_row_although_its_turn_comes_once_more() {
    settled(row(5, 5, 1), true);

    assertThat(history.unwritten(Optional.of(row(5, 5, 1)))).isEmpty();
    assertThat(history.unwritten(Optional.of(row(6, 6, 1)))).hasSize(1);
  }
}
