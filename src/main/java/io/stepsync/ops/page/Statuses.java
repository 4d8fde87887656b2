package io.stepsync.ops.page;

import io.stepsync.StreamSettings;
import io.stepsync.camel.RunKind;
import io.stepsync.ops.page.Tables.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells how all streams stand. Thread-safe. */
final class Statuses {

  private final KnownStreams streams;
  private final Tables tables;
  private final Triggers triggers;

  Statuses(KnownStreams streams, Tables tables, Triggers triggers) {
    this.streams = streams;
    this.tables = tables;
    this.triggers = triggers;
  }

  /** What was read of all streams at once. */
  private record Read(
      Set<String> running, List<State> states, Set<String> paused, Map<String, Long> deadLetters) {

    Optional<State> state(String stream, RunKind kind) {
      return states.stream()
          .filter(row -> row.stream().equals(stream) && row.kind().equals(kind.text()))
          .findFirst();
    }
  }

  /** In the order of the streams' names. */
  List<StreamStatus> all() {
    Read read =
        new Read(triggers.running(), tables.states(), tables.paused(), tables.deadLetterCounts());
    return streams.now().values().stream().map(stream -> of(stream, read)).toList();
  }

  private StreamStatus of(StreamSettings stream, Read read) {
    String name = stream.name();
    Optional<Long> checkpoint = read.state(name, RunKind.SYNC).map(State::currentId);
    Runs runs = runs(stream, read);
    Optional<Long> head = runs.head();
    long maxId = stream.scan().maxId();
    return new StreamStatus(
        name,
        stream.request().shownUrl(),
        stream.table().table(),
        runs.state(),
        read.paused().contains(name),
        runs.error().orElse(null),
        text(checkpoint),
        maxId == Long.MAX_VALUE ? null : Long.toString(maxId),
        text(head),
        text(checkpoint.flatMap(next -> head.map(last -> Math.max(0, last - next + 1)))),
        read.deadLetters().getOrDefault(name, 0L),
        triggers.next(name).map(Instant::toEpochMilli).orElse(null),
        refresh(stream, read, runs).orElse(null),
        runs.latest().orElse(null));
  }

  private Runs runs(StreamSettings stream, Read read) {
    String name = stream.name();
    Optional<RunRow> latest = tables.runs(name, 1).stream().findFirst();
    Optional<RunRow> sync = tables.lastRun(name, RunKind.SYNC.text());
    Optional<RunRow> refresh =
        stream.refresh().schedule() == null
            ? Optional.empty()
            : tables.lastRun(name, RunKind.REFRESH.text());
    return new Runs(latest, sync, refresh, isRunning(name, read));
  }

  /** Asked before and after the rows were read: a run may have begun or ended meanwhile. */
  private boolean isRunning(String stream, Read read) {
    return read.running().contains(stream)
        || triggers.isRunning(stream)
        || triggers.isAskedFor(stream);
  }

  /** One that is not begun has its position at the initial ID. */
  private static Optional<StreamStatus.Refresh> refresh(
      StreamSettings stream, Read read, Runs runs) {
    long first = stream.scan().initialId();
    long end = read.state(stream.name(), RunKind.SYNC).map(State::currentId).orElse(first);
    boolean running =
        runs.isRunning()
            && runs.latest().map(RunRow::kind).equals(Optional.of(RunKind.REFRESH.text()));
    return read.state(stream.name(), RunKind.REFRESH)
        .map(State::currentId)
        .filter(position -> position > first || running)
        .map(
            position ->
                new StreamStatus.Refresh(
                    Long.toString(position), share(position - first, end - first), running));
  }

  private static double share(long done, long all) {
    return all <= 0 ? 1 : Math.min(1, (double) done / all);
  }

  private static String text(Optional<Long> id) {
    return id.map(String::valueOf).orElse(null);
  }
}
