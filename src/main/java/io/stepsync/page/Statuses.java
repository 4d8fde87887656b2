package io.stepsync.page;

import static java.util.stream.Collectors.groupingBy;

import io.stepsync.StreamSettings;
import io.stepsync.camel.SilentSchedules;
import io.stepsync.http.ShownText;
import io.stepsync.page.Tables.State;
import io.stepsync.page.runs.RunRow;
import io.stepsync.page.runs.StreamRuns;
import io.stepsync.store.budget.BudgetStatus;
import io.stepsync.store.budget.Budgets;
import io.stepsync.verify.VerifyReport;
import io.stepsync.window.Lane;
import io.stepsync.window.Lanes;
import io.stepsync.window.YoungIds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Tells how all streams stand. Thread-safe. */
final class Statuses {

  private final KnownStreams streams;
  private final Tables tables;
  private final Triggers triggers;
  private final Budgets budgets;

  Statuses(KnownStreams streams, Tables tables, Triggers triggers, Budgets budgets) {
    this.streams = streams;
    this.tables = tables;
    this.triggers = triggers;
    this.budgets = budgets;
  }

  /** What was read of all streams at once. */
  private record Read(
      Triggers.Read before,
      Map<String, List<State>> states,
      Set<String> paused,
      Map<String, Instant> late,
      Map<String, Long> deadLetters,
      Map<String, Instant> held,
      Map<String, VerifyReport> verified,
      Map<String, List<RunRow>> lastRuns,
      Map<String, String> schedules,
      Triggers.Read after) {}

  /** In the order of the streams' names. */
  List<TileStatus> all() {
    Map<String, StreamSettings> all = streams.now();
    Read read =
        new Read(
            triggers.read(),
            tables.states().stream().collect(groupingBy(State::stream)),
            tables.paused(),
            tables.late(),
            tables.deadLetterCounts(),
            tables.heldBudgets(),
            tables.verified(),
            tables.lastRuns(all.keySet()),
            streams.schedules(),
            triggers.read());
    return all.values().stream().map(stream -> of(stream, read)).toList();
  }

  private TileStatus of(StreamSettings stream, Read read) {
    String name = stream.name();
    Optional<Lanes> lanes = StreamLanes.of(name, read.states().getOrDefault(name, List.of()));
    StreamRuns runs = runs(stream, lanes.map(all -> all.all().size()).orElse(1), read);
    Optional<Long> head = runs.head();
    long maxId = stream.scan().maxId();
    YoungIds young = lanes.map(Lanes::young).orElse(YoungIds.NONE);
    return new TileStatus(
        name,
        stream.request().shownUrl(),
        Objects.toString(stream.table().table(), null),
        runs.state(),
        read.paused().contains(name),
        Optional.ofNullable(read.late().get(name)).map(Instant::toEpochMilli).orElse(null),
        SilentSchedules.problemAnd(runs.error().orElse(null), stream, read.schedules().get(name)),
        lanes.map(all -> all.all().size()).orElse(1),
        text(lanes.map(all -> all.checkpoint().currentId())),
        maxId == Long.MAX_VALUE ? null : Long.toString(maxId),
        text(head),
        text(lanes.flatMap(all -> head.map(all::unsettled))),
        Long.toString(young.count()),
        young.ranges().isEmpty() ? null : young.until(),
        read.deadLetters().getOrDefault(name, 0L),
        read.after().next(name).map(Instant::toEpochMilli).orElse(null),
        budgets.status(stream, read.held()).map(Statuses::budget).orElse(null),
        lanes.flatMap(all -> refresh(stream, all, runs)).orElse(null),
        Optional.ofNullable(read.verified().get(name)).map(Statuses::verified).orElse(null),
        runs.latest().orElse(null));
  }

  private StreamRuns runs(StreamSettings stream, int lanes, Read read) {
    return StreamRuns.of(
        read.lastRuns().getOrDefault(stream.name(), List.of()),
        lanes,
        stream.refresh().schedule() != null,
        isRunning(stream.name(), read));
  }

  /** Asked before and after the rows were read: a run may have begun or ended meanwhile. */
  private boolean isRunning(String stream, Read read) {
    return read.before().isRunning(stream) || read.after().isRunning(stream);
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
