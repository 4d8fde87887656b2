package io.stepsync.window;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random settings with random sources, at the low and at the high end of all IDs. */
final class ScanArbitraries {

  /**
   * A source and the settings with which it is asked.
   *
   * @param ids all IDs of the source, those below initialId and above maxId included
   */
  record Scan(ScanSettings settings, NavigableSet<Long> ids) {

    /** The IDs that a run must find: those with less than maxGap unused IDs in front. */
    NavigableSet<Long> reachable() {
      NavigableSet<Long> reachable = new TreeSet<>();
      long previous = settings.initialId() - 1;
      for (long id : ids.subSet(settings.initialId(), true, settings.maxId(), true)) {
        if (id - previous > 1 && id - previous - 1 >= settings.maxGap()) {
          break;
        }
        reachable.add(id);
        previous = id;
      }
      return reachable;
    }
  }

  private static final long HIGHEST = Long.MAX_VALUE;

  private ScanArbitraries() {}

  static Arbitrary<Scan> scans() {
    return settings().flatMap(ScanArbitraries::scans);
  }

  private static Arbitrary<Scan> scans(ScanSettings settings) {
    long lowest = Math.max(0, settings.initialId() - 20);
    return distances(200).list().ofMaxSize(60).map(d -> new Scan(settings, ids(lowest, d)));
  }

  private static Arbitrary<ScanSettings> settings() {
    Arbitrary<Long> initialId =
        Arbitraries.oneOf(
            Arbitraries.of(0L, 1L, HIGHEST - 1, HIGHEST),
            Arbitraries.longs().between(0, 100),
            Arbitraries.longs().between(HIGHEST - 3000, HIGHEST));
    return Combinators.combine(
            initialId,
            Arbitraries.longs().between(1, 50),
            Arbitraries.longs().between(0, 500),
            Arbitraries.longs().between(0, 4000).injectNull(0.5),
            Arbitraries.longs().between(0, 300))
        .as(
            (first, step, wider, range, gap) ->
                new ScanSettings(first, step, step + wider, maxId(first, range), gap, 0, 0));
  }

  private static long maxId(long initialId, Long range) {
    return range == null || range > HIGHEST - initialId ? HIGHEST : initialId + range;
  }

  /** How far an ID lies behind the one before it: mostly a little. */
  static Arbitrary<Long> distances(long furthest) {
    return Arbitraries.oneOf(
        Arbitraries.just(1L),
        Arbitraries.longs().between(1, Math.min(5, furthest)),
        Arbitraries.longs().between(1, furthest));
  }

  /** The IDs that lie {@code distances} behind one another, from {@code lowest}. */
  static NavigableSet<Long> ids(long lowest, List<Long> distances) {
    NavigableSet<Long> ids = new TreeSet<>();
    long id = lowest - 1;
    for (long distance : distances) {
      if (distance > HIGHEST - id) {
        break;
      }
      id += distance;
      ids.add(id);
    }
    return ids;
  }
}
