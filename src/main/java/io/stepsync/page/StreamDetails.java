package io.stepsync.page;

import io.stepsync.StreamSettings;
import io.stepsync.page.TileDetail.LanePicture;
import io.stepsync.page.TileDetail.Picture;
import io.stepsync.store.StateRows;
import io.stepsync.store.history.StoredRun;
import io.stepsync.store.history.StoredRuns;
import io.stepsync.store.history.StoredWindows;
import io.stepsync.store.letters.DeadLetterTable;
import io.stepsync.window.Lane;
import io.stepsync.window.Lanes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Draws a stream's ID space, and tells of its last runs. Thread-safe. */
final class StreamDetails {

  /** Of so many lanes the charts have all runs. */
  private static final int MOST_LANES = 16;

  private static final int MOST_RUNS = 50;

  private final JdbcTemplate sql;

  StreamDetails(JdbcTemplate sql) {
    this.sql = sql;
  }

  /**
   * Reads the detail of a stream.
   *
   * @param status how it stood before
   */
  TileDetail of(StreamSettings stream, TileStatus status) {
    String name = stream.name();
    Optional<Lanes> lanes = lanes(name);
    List<StoredRun> last =
        new StoredRuns(sql).last(name, MOST_RUNS * Math.min(status.lanes(), MOST_LANES));
    List<RunRow> runs = last.stream().map(RunRow::of).toList();
    return new TileDetail(
        status,
        lanes.map(all -> picture(stream, all, status.head())).orElse(null),
        runs.subList(0, Math.min(runs.size(), MOST_RUNS)),
        last.isEmpty()
            ? Map.of()
            : new StoredWindows(sql).latencies(name, last.get(last.size() - 1).started()),
        SideBySide.of(runs));
  }

  /** Nothing before the first run, or where the state rows are damaged. */
  private Optional<Lanes> lanes(String stream) {
    try {
      return new StateRows(sql).lanes(stream);
    } catch (IllegalStateException e) {
      return Optional.empty(); // the next run fails, and says so
    }
  }

  private Picture picture(StreamSettings stream, Lanes lanes, String head) {
    long initialId = stream.scan().initialId();
    long known = head == null ? 0 : Long.parseLong(head);
    IdCells cells =
        new IdCells(
            initialId,
            LongStream.of(initialId, lanes.reached().currentId() - 1, known).max().orElseThrow());
    String name = stream.name();
    long first = cells.firstId();
    new StoredWindows(sql).sums(name, first, cells.lastId(), cells.width(), cells::windows);
    new DeadLetterTable(sql)
        .inCells(name, first, cells.lastId(), cells.width())
        .forEach(cells::deadLetters);
    Optional<Long> beyond =
        new StoredRuns(sql).lastAsked(name).filter(id -> id - cells.lastId() > cells.width());
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
