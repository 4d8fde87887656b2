package io.stepsync.standing;

import io.stepsync.StreamSettings;
import io.stepsync.store.RunKind;
import io.stepsync.store.StateRows;
import io.stepsync.store.history.StoredRun;
import io.stepsync.store.history.StreamState;
import io.stepsync.verify.VerifyReport;
import io.stepsync.window.Lanes;
import io.stepsync.window.YoungIds;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a stream stands.
 *
 * @param rows its state rows: those of its syncs and refreshes
 * @param lanes its lanes; empty before its first run, and where the state rows are damaged
 * @param damage what is wrong with the state rows, which is why the next run will fail; null for
 *     nothing
 * @param runs its last runs
 * @param refreshes its last refreshes, those that were asked for by hand too
 * @param pausedAt since when its trigger is passed over; null where it is not
 * @param lateSince when the firing was due that it is late with; null where it is in time
 * @param deadLetters how many it has
 * @param verified what its last verify found; null where it had none
 */
public record StreamStanding(
    List<StateRows.Row> rows,
    Optional<Lanes> lanes,
    String damage,
    StreamRuns runs,
    StreamRuns refreshes,
    Instant pausedAt,
    Instant lateSince,
    long deadLetters,
    VerifyReport verified) {

  /**
   * What was read of all streams.
   *
   * @param states state rows, by streams
   * @param paused since when streams are paused
   * @param late when the firings were due that streams are late with
   * @param deadLetters how many streams have
   * @param verified what the last verifies of streams found
   * @param lastRuns the last run of each kind and lane, the latest first
   * @param heldBudgets until when budgets are held back, by their keys
   */
  public record Read(
      Map<String, List<StateRows.Row>> states,
      Map<String, Instant> paused,
      Map<String, Instant> late,
      Map<String, Long> deadLetters,
      Map<String, VerifyReport> verified,
      Map<String, List<StoredRun>> lastRuns,
      Map<String, Instant> heldBudgets) {

    /** Returns how a stream stands, as its rows tell. */
    public StreamStanding of(StreamSettings stream) {
      return of(stream, Optional.empty());
    }

    /**
     * Returns how a stream stands.
     *
     * @param isRunning whether one of its runs is under way, as the triggers of this process, or of
     *     its cluster, know
     */
    public StreamStanding of(StreamSettings stream, boolean isRunning) {
      return of(stream, Optional.of(isRunning));
    }

    private StreamStanding of(StreamSettings stream, Optional<Boolean> isRunning) {
      String name = stream.name();
      List<StateRows.Row> rows = states.getOrDefault(name, List.of());
      Optional<Lanes> lanes = Optional.empty();
      String damage = null;
      try {
        lanes = StateRows.lanes(name, rows);
      } catch (IllegalStateException e) {
        damage = e.getMessage();
      }
      int count = lanes.map(all -> all.all().size()).orElse(1);
      List<StoredRun> runs = lastRuns.getOrDefault(name, List.of());
      return new StreamStanding(
          rows,
          lanes,
          damage,
          StreamRuns.of(runs, count, stream.refresh().schedule() != null, isRunning),
          StreamRuns.refreshes(runs, count),
          paused.get(name),
          late.get(name),
          deadLetters.getOrDefault(name, 0L),
          verified.get(name));
    }
  }

  /** Returns its state: paused only if none of its runs is under way. */
  public StreamState state() {
    return pausedAt != null && !runs.isRunning() ? StreamState.PAUSED : runs.state();
  }

  /** Returns how many lanes it has, at least 1. */
  public int laneCount() {
    return runs.lanes();
  }

  /** Returns the first ID that is not settled in any lane; nothing before its first run. */
  public Optional<Long> checkpoint() {
    return lanes.map(all -> all.checkpoint().currentId());
  }

  /** Returns how many IDs up to the head are not settled; nothing where that is not known. */
  public Optional<Long> lag() {
    return lanes.flatMap(all -> runs.head().map(all::unsettled));
  }

  /** Returns its unused IDs below the checkpoint that may still come. */
  public YoungIds young() {
    return lanes.map(Lanes::young).orElse(YoungIds.NONE);
  }

  /** Returns when the last of its young IDs is of age; nothing where there is none. */
  public Optional<Instant> youngUntil() {
    YoungIds young = young();
    return young.ranges().isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(young.until()));
  }

  /** Returns when its checkpoint was written last; nothing for never. */
  public Optional<Instant> lastWritten() {
    return rows.stream()
        .filter(row -> row.isOf(RunKind.SYNC))
        .map(StateRows.Row::updatedAt)
        .max(Comparator.naturalOrder());
  }
}
