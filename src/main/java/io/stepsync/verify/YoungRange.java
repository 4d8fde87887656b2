package io.stepsync.verify;

import io.stepsync.window.FoundIds;
import io.stepsync.window.IdWindow;
import io.stepsync.window.YoungIds;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of young IDs, and the records of it without a row. It is not known which of its IDs are
 * young, but how many: so many records more than were in use may have come since.
 */
final class YoungRange {

  private final IdWindow ids;
  private final long usedBefore;
  private final List<RowDifference> missing = new ArrayList<>();
  private long asked;
  private long used;

  YoungRange(YoungIds.Range range) {
    this.ids = new IdWindow(range.firstId(), range.lastId());
    this.usedBefore = ids.width() - range.unused();
  }

  boolean contains(long id) {
    return ids.contains(id);
  }

  /** A window was asked for the first time. */
  void answered(IdWindow window, FoundIds found) {
    ids.and(window)
        .ifPresent(
            both -> {
              asked += both.width();
              used += found.countIn(both);
            });
  }

  List<RowDifference> missing() {
    return missing;
  }

  /** Tells whether all that is missing may have come since; of a part that was asked it may. */
  boolean isLate() {
    return asked < ids.width() || missing.size() <= used - usedBefore;
  }
}
