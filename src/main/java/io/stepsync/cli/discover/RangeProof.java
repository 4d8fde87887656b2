package io.stepsync.cli.discover;

import io.stepsync.window.IdWindow;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A window narrower than what is known, and what its answer tells of whether the API obeys a range.
 *
 * <p>Immutable.
 *
 * @param window the window to ask
 * @param expected the known IDs in it, at least one
 * @param openEnded whether an answer has no upper bound, but the lowest IDs first
 */
record RangeProof(IdWindow window, SortedSet<Long> expected, boolean openEnded) {

  /** What an answer tells. */
  enum Verdict {
    /** The IDs are those of the window. */
    OBEYED,
    /** The first ID is missing: it was not asked for itself. */
    WITHOUT_FIRST,
    /** The last ID is missing. */
    WITHOUT_LAST,
    /** Both are missing. */
    WITHOUT_BOTH,
    /** There is no upper bound, and more records than were asked for; all above the first ID. */
    UNLIMITED,
    /** Nothing came, where nothing but the window's first and last ID is known. */
    NOTHING,
    /** Other IDs came, or some of the window are missing. */
    IGNORED
  }

  /**
   * Returns a window in the middle of {@code known}.
   *
   * @param known the IDs that the API has told, at least one
   */
  static RangeProof within(SortedSet<Long> known, boolean openEnded) {
    Long[] ids = known.toArray(Long[]::new);
    int least = openEnded ? Math.min(1, ids.length - 1) : 0; // with one below, that must not come
    int first = Math.max(least, ids.length / 3);
    int last = Math.max(first, 2 * ids.length / 3 - 1);
    IdWindow window = new IdWindow(ids[first], ids[last]);
    return new RangeProof(
        window, new TreeSet<>(known.subSet(ids[first], ids[last] + 1)), openEnded);
  }

  /** Tells what the IDs of the window's answer say. */
  Verdict of(Collection<Long> ids) {
    Set<Long> missing = new HashSet<>(expected);
    missing.removeAll(ids);
    boolean outside =
        ids.stream().anyMatch(id -> id < window.firstId() || (!openEnded && id > window.lastId()));
    if (outside) {
      return Verdict.IGNORED;
    }
    boolean first = missing.remove(window.firstId());
    boolean last = !openEnded && missing.remove(window.lastId());
    if (ids.isEmpty()) {
      return missing.isEmpty() ? Verdict.NOTHING : Verdict.IGNORED;
    }
    if (!missing.isEmpty()) {
      return Verdict.IGNORED;
    }
    if (openEnded && ids.size() > window.width()) {
      return Verdict.UNLIMITED;
    }
    if (first && last) {
      return Verdict.WITHOUT_BOTH;
    }
    return first ? Verdict.WITHOUT_FIRST : last ? Verdict.WITHOUT_LAST : Verdict.OBEYED;
  }
}
