package io.stepsync.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.page.IdCells.Segment;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.Lane;
import io.stepsync.window.RecordsBelow;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdCellsTest {

  private static String shown(Segment part) {
    return part.kind() + " " + part.share() + " " + part.firstId() + ".." + part.lastId();
  }

  private static Lane whole(long checkpoint) {
    return new Lane(0, Long.MAX_VALUE, new Checkpoint(checkpoint), RecordsBelow.NOTHING, 0);
  }

  private static List<String> shown(IdCells cells, long checkpoint) {
    return cells.segments(whole(checkpoint)).stream().map(IdCellsTest::shown).toList();
  }

  @Test
  void windows_with_records_gaps_and_what_is_to_come_are_parts() {
    IdCells cells = new IdCells(1, 100);
    cells.windows(1, 10, 10, 10);
    cells.windows(11, 30, 0, 20);
    cells.windows(31, 40, 2, 10);

    assertThat(shown(cells, 61))
        .containsExactly(
            "records 4 1..10",
            "gap 0 11..30",
            "records 1 31..40",
            "settled 0 41..60",
            "unread 0 61..100");
  }

  @Test
  void windows_that_are_asked_again_keep_their_share() {
    IdCells cells = new IdCells(1, 10);
    cells.windows(1, 10, 15, 30);

    assertThat(shown(cells, 11)).containsExactly("records 3 1..10");
  }

  @Test
  void a_million_windows_are_a_few_hundred_cells() {
    IdCells cells = new IdCells(1, 1_000_000_000);
    for (int window = 0; window < 1_000_000; window++) {
      cells.windows(window * 1000L + 1, window * 1000L + 1000, window % 2, 1000);
    }

    assertThat(cells.count()).isLessThanOrEqualTo(400);
    assertThat(shown(cells, 1_000_000_001)).containsExactly("records 1 1..1000000000");
  }

  @Test
  void a_window_over_the_end_counts_up_to_it() {
    IdCells cells = new IdCells(0, 9);
    cells.windows(5, 1_000_000, 0, 999_996);

    assertThat(shown(cells, 5)).containsExactly("settled 0 0..4", "gap 0 5..9");
  }

  @Test
  void the_records_of_a_window_over_the_end_lie_before_it() {
    IdCells cells = new IdCells(1, 10);
    cells.windows(1, 1000, 10, 1000);

    assertThat(shown(cells, 11)).containsExactly("records 4 1..10");
  }

  @Test
  void the_largest_ids_have_a_place() {
    IdCells cells = new IdCells(0, Long.MAX_VALUE);
    cells.windows(Long.MAX_VALUE - 10, Long.MAX_VALUE, 11, 11);

    assertThat(cells.segments(whole(5)))
        .last()
        .extracting(Segment::lastId)
        .isEqualTo("" + Long.MAX_VALUE);
    assertThat(cells.place(0)).isZero();
    assertThat(cells.place(Long.MAX_VALUE)).isBetween(0.99, 1.0);
  }

  @Test
  void an_empty_id_space_has_one_cell() {
    assertThat(shown(new IdCells(7, 6), 7)).containsExactly("unread 0 7..7");
  }

  @Test
  void dead_letters_that_lie_close_are_one_mark() {
    IdCells cells = new IdCells(1, 4000);
    cells.deadLetters(125, 3);

    assertThat(cells.marks(whole(1))).containsExactly(new IdCells.Mark(12, 3, "125"));
  }
}
