package io.stepsync.store.history;

import io.stepsync.window.IdWindow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stepsync_window does not have yet of a run. Empty windows are not committed by themselves:
 * those next to one another become one row, which goes with the next window that is committed, or
 * with the end of the run. Not thread-safe.
 */
public final class WindowHistory {

  private final List<Row> empty = new ArrayList<>();
  private final Set<IdWindow> askedTwice = new HashSet<>();
  private long highestWritten = -1;

  /** Returns the rows that are to be written now, with {@code last}. */
  public List<Row> unwritten(Optional<Row> last) {
    List<Row> rows = new ArrayList<>(empty);
    last.ifPresent(rows::add);
    rows.removeIf(row -> askedTwice.contains(row.ids()));
    long highest = highestWritten;
    for (int i = 0; i < rows.size(); i++) {
      rows.set(i, rows.get(i).replacing(rows.get(i).ids().firstId() <= highest));
      highest = Math.max(highest, rows.get(i).ids().lastId());
    }
    return rows;
  }

  /**
   * A window is settled.
   *
   * @param row what is kept of it, if anything
   * @param written whether it was committed, with all that was {@link #unwritten}
   * @param mayComeAgain whether it was not asked in its turn, in which it may be asked once more
   */
  public void settled(Optional<Row> row, boolean written, boolean mayComeAgain) {
    if (written) {
      for (Row unwritten : unwritten(row)) {
        highestWritten = Math.max(highestWritten, unwritten.ids().lastId());
      }
      empty.clear();
      row.map(Row::ids).filter(ids -> mayComeAgain).ifPresent(askedTwice::add);
    } else {
      row.ifPresent(this::addEmpty);
    }
  }

  private void addEmpty(Row row) {
    int last = empty.size() - 1;
    if (last >= 0 && empty.get(last).isOneGapWith(row)) {
      empty.set(last, empty.get(last).and(row));
    } else {
      empty.add(row);
    }
  }

  /**
   * A row of stepsync_window: a window that was committed, or the empty windows of a gap.
   *
   * <p>Immutable.
   *
   * @param ids the IDs asked
   * @param records the records of the answer, refused ones and duplicates included
   * @param millis how long the answer took, with retries and waits; 0 where there was none
   * @param attempts the requests that were made for it; 0 where it came from the dead letters
   * @param again whether the run may have written a row of the same IDs, which this one replaces
   */
  public record Row(IdWindow ids, long records, long millis, int attempts, boolean again) {

    /** Tells whether both are empty, and nothing lies between them. */
    boolean isOneGapWith(Row next) {
      return records == 0 && next.records == 0 && ids.lastId() + 1 == next.ids.firstId();
    }

    Row and(Row next) {
      return new Row(
          new IdWindow(ids.firstId(), next.ids.lastId()),
          0,
          millis + next.millis,
          attempts + next.attempts,
          false);
    }

    Row replacing(boolean another) {
      return new Row(ids, records, millis, attempts, another);
    }

    /** Returns the values that {@code window-new.sql} names. */
    public Map<String, Object> parameters(String run) {
      return Map.of(
          "run", run,
          "first", ids.firstId(),
          "last", ids.lastId(),
          "records", records,
          "ms", millis,
          "attempts", attempts,
          "again", again);
    }
  }
}
