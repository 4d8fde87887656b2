package io.stepsync.ops.page;

import io.stepsync.StreamSettings;
import io.stepsync.camel.RunKind;
import io.stepsync.ops.page.StreamDetail.Picture;
import io.stepsync.ops.page.Tables.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Draws a stream's ID space, and tells of its last runs. Thread-safe. */
final class Details {

  private final Tables tables;

  Details(Tables tables) {
    this.tables = tables;
  }

  /**
   * Reads the detail of a stream.
   *
   * @param status how it stood before
   */
  StreamDetail of(StreamSettings stream, StreamStatus status) {
    String name = stream.name();
    List<RunRow> runs = tables.runs(name, Tables.MOST_RUNS);
    List<State> states = tables.states().stream().filter(row -> row.stream().equals(name)).toList();
    long head =
        runs.stream()
            .map(RunRow::head)
            .filter(id -> id != null)
            .mapToLong(Long::parseLong)
            .findFirst()
            .orElse(0);
    List<Picture> lanes =
        states.stream()
            .filter(row -> row.kind().equals(RunKind.SYNC.text()))
            .map(row -> picture(stream, row, refresh(states, row.lane()), head))
            .toList();
    return new StreamDetail(status, lanes, runs, tables.latencies(name));
  }

  private static Optional<Long> refresh(List<State> states, int lane) {
    return states.stream()
        .filter(row -> row.kind().equals(RunKind.REFRESH.text()) && row.lane() == lane)
        .map(State::currentId)
        .findFirst();
  }

  private Picture picture(StreamSettings stream, State state, Optional<Long> refresh, long head) {
    long initialId = stream.scan().initialId();
    Cells cells =
        new Cells(
            initialId, LongStream.of(initialId, state.currentId() - 1, head).max().orElseThrow());
    tables.windows(stream.name(), cells);
    tables.deadLetters(stream.name(), cells);
    Optional<Long> beyond =
        tables.lastAsked(stream.name()).filter(id -> id - cells.lastId() > cells.width());
    return new Picture(
        state.lane(),
        Long.toString(initialId),
        Long.toString(cells.lastId()),
        cells.count(),
        cells.segments(state.currentId()),
        cells.marks(),
        Long.toString(state.currentId()),
        cells.place(state.currentId()),
        refresh.filter(id -> id > initialId).map(cells::place).orElse(null),
        beyond.map(String::valueOf).orElse(null));
  }
}
