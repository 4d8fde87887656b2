package io.stepsync.camel;

import io.stepsync.sync.IdWindow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stepsync_window does not have yet of a run. Empty windows are not committed by themselves:
 * those next to one another become one row, which goes with the next window that is committed, or
 * with the end of the run. Not thread-safe.
 */
final class WindowHistory {

  private final List<WindowRow> empty = new ArrayList<>();
  private final Set<IdWindow> askedTwice = new HashSet<>();

  /** Returns the rows that are to be written now, with {@code last}. */
  List<WindowRow> unwritten(Optional<WindowRow> last) {
    List<WindowRow> rows = new ArrayList<>(empty);
    last.ifPresent(rows::add);
    rows.removeIf(row -> askedTwice.contains(row.ids()));
    return rows;
  }

  /**
   * A window is settled.
   *
   * @param row what is kept of it, if anything
   * @param written whether it was committed, with all that was {@link #unwritten}
   * @param again the IDs that are asked by themselves, and may be asked once more in their turn
   */
  void settled(Optional<WindowRow> row, boolean written, DeadLettersAgain again) {
    if (written) {
      empty.clear();
      row.map(WindowRow::ids).filter(again::isAnyIn).ifPresent(askedTwice::add);
    } else {
      row.ifPresent(this::addEmpty);
    }
  }

  private void addEmpty(WindowRow row) {
    int last = empty.size() - 1;
    if (last >= 0 && empty.get(last).isOneGapWith(row)) {
      empty.set(last, empty.get(last).and(row));
    } else {
      empty.add(row);
    }
  }
}
