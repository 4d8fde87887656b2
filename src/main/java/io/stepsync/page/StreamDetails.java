package io.stepsync.page;

import io.stepsync.StreamSettings;
import io.stepsync.page.TileDetail.LanePicture;
import io.stepsync.page.TileDetail.Picture;
import io.stepsync.window.Lane;
import io.stepsync.window.Lanes;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Draws a stream's ID space, and tells of its last runs. Thread-safe. */
final class StreamDetails {

  /** Of so many lanes the charts have all runs. */
  private static final int MOST_LANES = 16;

  private final Tables tables;

  StreamDetails(Tables tables) {
    this.tables = tables;
  }

  /**
   * Reads the detail of a stream.
   *
   * @param status how it stood before
   */
  TileDetail of(StreamSettings stream, TileStatus status) {
    String name = stream.name();
    Optional<Lanes> lanes = tables.lanes(name);
    List<RunRow> runs = tables.runs(name, Tables.MOST_RUNS * Math.min(status.lanes(), MOST_LANES));
    return new TileDetail(
        status,
        lanes.map(all -> picture(stream, all, status.head())).orElse(null),
        runs.subList(0, Math.min(runs.size(), Tables.MOST_RUNS)),
        tables.latencies(name, runs),
        SideBySide.of(runs));
  }

  private Picture picture(StreamSettings stream, Lanes lanes, String head) {
    long initialId = stream.scan().initialId();
    long known = head == null ? 0 : Long.parseLong(head);
    IdCells cells =
        new IdCells(
            initialId,
            LongStream.of(initialId, lanes.reached().currentId() - 1, known).max().orElseThrow());
    tables.windows(stream.name(), cells);
    tables.deadLetters(stream.name(), cells);
    Optional<Long> beyond =
        tables.lastAsked(stream.name()).filter(id -> id - cells.lastId() > cells.width());
    return new Picture(
        Long.toString(initialId),
        Long.toString(cells.lastId()),
        cells.count(),
        IntStream.range(0, lanes.all().size())
            .mapToObj(number -> lane(number, lanes.all().get(number), cells))
            .toList(),
        beyond.map(String::valueOf).orElse(null));
  }

  private static LanePicture lane(int number, Lane lane, IdCells cells) {
    long first = Math.max(cells.firstId(), lane.firstId());
    long last = Math.min(cells.lastId(), lane.lastId());
    long checkpoint = lane.checkpoint().currentId();
    return new LanePicture(
        number,
        Long.toString(first),
        Long.toString(last),
        cells.place(first),
        lane.isOpenEnded() ? 1 : cells.place(last + 1),
        cells.segments(lane),
        cells.marks(lane),
        Long.toString(checkpoint),
        cells.place(checkpoint),
        checkpoint > last,
        lane.refreshId() > first ? cells.place(lane.refreshId()) : null);
  }
}
