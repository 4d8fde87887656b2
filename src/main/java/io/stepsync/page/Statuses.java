package io.stepsync.page;

import io.stepsync.StreamSettings;
import io.stepsync.camel.FoundNothing;
import io.stepsync.camel.SilentSchedules;
import io.stepsync.http.ShownText;
import io.stepsync.standing.StreamRuns;
import io.stepsync.standing.StreamStanding;
import io.stepsync.standing.StreamStandings;
import io.stepsync.store.budget.BudgetStatus;
import io.stepsync.store.budget.Budgets;
import io.stepsync.verify.VerifyReport;
import io.stepsync.window.Lane;
import io.stepsync.window.Lanes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Tells how all streams stand. Thread-safe. */
final class Statuses {

  private final KnownStreams streams;
  private final StreamStandings standings;
  private final Triggers triggers;
  private final Budgets budgets;

  Statuses(KnownStreams streams, StreamStandings standings, Triggers triggers, Budgets budgets) {
    this.streams = streams;
    this.standings = standings;
    this.triggers = triggers;
    this.budgets = budgets;
  }

  /** What was read of all streams at once. */
  private record Read(
      Set<String> before,
      StreamStanding.Read tables,
      Map<String, String> schedules,
      Triggers.Read after) {

    /** Asked before and after the rows were read: a run may have begun or ended meanwhile. */
    StreamStanding standing(StreamSettings stream) {
      String name = stream.name();
      return tables.of(stream, before.contains(name) || after.isRunning(name));
    }
  }

  /** In the order of the streams' names. */
  List<TileStatus> all() {
    Map<String, StreamSettings> all = streams.now();
    Set<String> running = triggers.running();
    Read read =
        new Read(
            running, standings.read(all.keySet(), running), streams.schedules(), triggers.read());
    return all.values().stream().map(stream -> of(stream, read)).toList();
  }

  private TileStatus of(StreamSettings stream, Read read) {
    String name = stream.name();
    StreamStanding standing = read.standing(stream);
    StreamRuns runs = standing.runs();
    long maxId = stream.scan().maxId();
    return new TileStatus(
        name,
        stream.request().shownUrl(),
        Objects.toString(stream.table().table(), null),
        runs.state(),
        standing.pausedAt() != null,
        millis(Optional.ofNullable(standing.lateSince())),
        SilentSchedules.problemAnd(
            runs.error()
                .map(ShownText::harmless)
                .or(() -> FoundNothing.problem(stream, standing.lanes(), runs.lastSyncOrRefresh()))
                .orElse(null),
            stream,
            read.schedules().get(name)),
        standing.laneCount(),
        text(standing.checkpoint()),
        maxId == Long.MAX_VALUE ? null : Long.toString(maxId),
        text(runs.head()),
        text(standing.lag()),
        Long.toString(standing.young().count()),
        millis(standing.youngUntil()),
        standing.deadLetters(),
        millis(read.after().next(name)),
        budgets.status(stream, read.tables().heldBudgets()).map(Statuses::budget).orElse(null),
        standing.lanes().flatMap(all -> refresh(stream, all, runs)).orElse(null),
        Optional.ofNullable(standing.verified()).map(Statuses::verified).orElse(null),
        SideBySide.of(runs.latest().stream().map(RunRow::of).toList()).stream()
            .findFirst()
            .orElse(null));
  }

  private static Long millis(Optional<Instant> moment) {
    return moment.map(Instant::toEpochMilli).orElse(null);
  }

  /** Of the lanes whose refresh is begun; one that is not has its position at the first ID. */
  private static Optional<TileStatus.Refresh> refresh(
      StreamSettings stream, Lanes lanes, StreamRuns runs) {
    long initialId = stream.scan().initialId();
    double done = 0;
    double all = 0;
    Long position = null;
    for (Lane lane : lanes.all()) {
      long first = Math.max(initialId, lane.firstId());
      if (lane.refreshId() > first || (runs.isRefreshing() && lanes.all().size() == 1)) {
        position = position == null ? lane.refreshId() : position;
        done += lane.refreshId() - first;
        all += lane.checkpoint().currentId() - first;
      }
    }
    double share = all <= 0 ? 1 : Math.min(1, done / all);
    return Optional.ofNullable(position)
        .map(next -> new TileStatus.Refresh(Long.toString(next), share, runs.isRefreshing()));
  }

  private static TileStatus.Budget budget(BudgetStatus budget) {
    Instant held = budget.heldUntil();
    return new TileStatus.Budget(
        budget.name(), budget.limit(), held == null ? null : held.toEpochMilli());
  }

  private static TileStatus.Verified verified(VerifyReport report) {
    return new TileStatus.Verified(
        report.ended().toEpochMilli(),
        report.isEqual(),
        report.getDifferenceCount(),
        ShownText.harmless(report.getSummary()));
  }

  private static String text(Optional<Long> id) {
    return id.map(String::valueOf).orElse(null);
  }
}
