package io.stepsync.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The windows with records that a run settled last, as far back as is useful to ask again for an
 * answer that is known to be larger than another.
 *
 * <p>Immutable.
 */
record Recent(List<Settled> settled) {

  private static final int MOST = 32;

  /**
   * A window that was settled.
   *
   * @param count its records, at least 1
   */
  private record Settled(long firstId, long count) {}

  Recent with(IdWindow window, long count) {
    List<Settled> more = new ArrayList<>(settled);
    more.removeIf(old -> old.firstId() >= window.firstId());
    more.add(new Settled(window.firstId(), count));
    return new Recent(List.copyOf(more.subList(Math.max(0, more.size() - MOST), more.size())));
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
        more += settled.get(i).count();
        found = Optional.of(new IdWindow(firstId, window.lastId()));
      }
    }
    return found;
  }
}
