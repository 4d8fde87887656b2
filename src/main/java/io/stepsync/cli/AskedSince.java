package io.stepsync.cli;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.groupingBy;

import io.stepsync.SettingException;
import io.stepsync.store.history.StoredRun;
import io.stepsync.window.IdWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the syncs of a stream have asked since a moment, as far as its history tells. A sync that
 * had begun before then and went on counts whole, as its windows have no times.
 *
 * <p>Immutable.
 */
public final class AskedSince {

  private final Instant from;

  /**
   * @param text a date, which begins at midnight where the machine is, or a moment with its zone
   * @throws SettingException naming the rule and the value
   */
  public AskedSince(String text) {
    try {
      from =
          text.length() == "2026-11-01".length()
              ? LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant()
              : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new SettingException(
          "--since must be a date, such as 2026-11-01, or a moment such as 2026-11-01T08:00:00Z, was "
              + text,
          e);
    }
    if (from.isAfter(Instant.now())) {
      throw new SettingException("--since must not be in the future, was " + text);
    }
  }

  /**
   * Returns those IDs, from the lowest one on.
   *
   * @param history all runs of the stream that are kept, the latest first
   * @param kept how many runs of each lane are kept
   * @param initialId the first ID that is ever asked
   * @param lastId the last one that is settled
   * @throws SettingException if there are none, or the history does not reach as far back
   */
  public IdWindow of(List<StoredRun> history, int kept, long initialId, long lastId) {
    Map<Integer, List<StoredRun>> lanes = history.stream().collect(groupingBy(StoredRun::lane));
    long first = lanes.values().stream().mapToLong(this::lowest).min().orElse(Long.MAX_VALUE);
    Optional<Instant> begins = begins(lanes.values(), kept);
    if (first > initialId && begins.filter(begin -> !begin.isAfter(from)).isEmpty()) {
      throw new SettingException(
          "--since must not be before the history that is kept, which %s, was %s; --ids says which IDs"
              .formatted(begins.map(begin -> "begins at " + begin).orElse("is empty"), from));
    }
    if (first > lastId) {
      throw new SettingException(
          "--since must be before a sync that found something, the last one was before " + from);
    }
    return new IdWindow(first, lastId);
  }

  /** Returns the lowest ID that a lane's syncs have asked. */
  private long lowest(List<StoredRun> runs) {
    long lowest = Long.MAX_VALUE;
    Instant next = Instant.MAX;
    for (StoredRun run : runs) {
      Instant ended = run.ended() == null ? next : run.ended();
      if (run.kind().equals("sync") && run.firstId() != null && !ended.isBefore(from)) {
        lowest = Math.min(lowest, run.firstId());
      }
      next = run.started(); // by then one was over that has no end
    }
    return lowest;
  }

  /** Returns from when on no run of any lane was forgotten. */
  private static Optional<Instant> begins(Collection<List<StoredRun>> lanes, int kept) {
    Optional<Instant> forgotten =
        lanes.stream()
            .filter(runs -> runs.size() >= kept)
            .map(runs -> runs.get(kept - 1).started())
            .max(naturalOrder());
    return forgotten.isPresent()
        ? forgotten
        : lanes.stream().flatMap(List::stream).map(StoredRun::started).min(naturalOrder());
  }
}
