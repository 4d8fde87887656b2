package io.stepsync.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records below the scan position that were settled last, as far back as is useful to ask again
 * for an answer that is known to be larger than another.
 *
 * <p>Immutable.
 *
 * @param settled the lowest first
 */
record RecentWindows(List<RecordsBelow> settled) {

  private static final int MOST = 32;

  static RecentWindows of(RecordsBelow known) {
    return new RecentWindows(known.records() == 0 ? List.of() : List.of(known));
  }

  /** Of so many windows none is forgotten, only where it began. */
  RecentWindows with(IdWindow window, long count) {
    List<RecordsBelow> more = new ArrayList<>(settled);
    more.removeIf(old -> old.firstId() >= window.firstId());
    more.add(new RecordsBelow(window.firstId(), count));
    if (more.size() > MOST) {
      more.set(0, more.get(0).and(more.remove(1)));
    }
    return new RecentWindows(List.copyOf(more));
  }

  /**
   * Returns as little of what is known as has {@code count} records below {@code firstId}, or all.
   *
   * @param checkpoint the end of what is known
   */
  RecordsBelow below(long firstId, long count, Checkpoint checkpoint) {
    RecordsBelow all = RecordsBelow.NOTHING;
    long end = checkpoint.currentId();
    for (int i = settled.size() - 1; i >= 0 && all.records() < count; i--) {
      if (end <= firstId) {
        all = settled.get(i).and(all);
      }
      end = settled.get(i).firstId();
    }
    return all;
  }

  /**
   * Returns the window that ends as {@code window} does, and begins so far below it that it has at
   * least {@code count} records more, or as many as are known.
   *
   * @return nothing if no record is known below, or the window would be wider than {@code widest}
   */
  Optional<IdWindow> windowUpTo(IdWindow window, long count, long widest) {
    Optional<IdWindow> found = Optional.empty();
    long more = 0;
    for (int i = settled.size() - 1; i >= 0 && more < count; i--) {
      long firstId = settled.get(i).firstId();
      if (window.lastId() - firstId >= widest) {
        break;
      }
      if (firstId < window.firstId()) {
        more += settled.get(i).records();
        found = Optional.of(new IdWindow(firstId, window.lastId()));
      }
    }
    return found;
  }
}
