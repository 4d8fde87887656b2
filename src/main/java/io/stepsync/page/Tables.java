package io.stepsync.page;

import static java.util.Comparator.comparingLong;

import io.stepsync.http.ShownText;
import io.stepsync.json.ShortText;
import io.stepsync.standing.StreamStandings;
import io.stepsync.store.PausedStreams;
import io.stepsync.store.StateRows;
import io.stepsync.store.StoredRuns;
import io.stepsync.store.letters.DeadLetterGroup;
import io.stepsync.store.letters.DeadLetterTable;
import io.stepsync.store.letters.StoredDeadLetter;
import io.stepsync.window.Lanes;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** stepsync's own tables, as the page reads them. Thread-safe. */
final class Tables {

  static final int MOST_RUNS = 50;

  private static final int MOST_GROUPS = 30;

  private static final String CELLS =
      """
      SELECT MIN(w.first_id), MAX(w.last_id), SUM(w.records), SUM(w.last_id - w.first_id + 1)
      FROM stepsync_window w JOIN stepsync_run r ON r.run = w.run
      WHERE r.stream = ? AND w.first_id BETWEEN ? AND ?
      GROUP BY FLOOR((w.first_id - ?) / ?), FLOOR((w.last_id - ?) / ?)""";

  private static final String DEAD_LETTER_CELLS =
      """
      SELECT MIN(id), COUNT(*)
      FROM stepsync_dead_letter
      WHERE stream = ? AND id BETWEEN ? AND ?
      GROUP BY FLOOR((id - ?) / ?)""";

  private static final String LATENCIES =
      """
      SELECT w.run, SUM(ms) / SUM(attempts), MAX(ms / attempts)
      FROM stepsync_window w JOIN stepsync_run r ON r.run = w.run
      WHERE r.stream = ? AND r.started >= ? AND attempts > 0
      GROUP BY w.run""";

  private final JdbcTemplate database;
  private final StreamStandings standings;

  Tables(DataSource dataSource) {
    database = new JdbcTemplate(dataSource);
    standings = new StreamStandings(database, InstantSource.system());
  }

  /** How streams stand. */
  StreamStandings standings() {
    return standings;
  }

  boolean isPaused(String stream) {
    return new PausedStreams(database).since(stream).isPresent();
  }

  /** The lanes of a stream; nothing before its first run, or where its state rows are damaged. */
  Optional<Lanes> lanes(String stream) {
    try {
      return new StateRows(database).lanes(stream);
    } catch (IllegalStateException e) {
      return Optional.empty(); // the next run fails, and says so
    }
  }

  Map<String, Long> deadLetterCounts() {
    return new DeadLetterTable(database).counts();
  }

  /** The first dead letter of each group, the largest groups first, of one stream or of all. */
  List<DeadLetterRow> deadLetters(Optional<String> stream) {
    DeadLetterTable letters = new DeadLetterTable(database);
    return stream.map(Set::of).orElseGet(() -> new TreeSet<>(deadLetterCounts().keySet())).stream()
        .flatMap(name -> letters.groups(name).stream())
        .sorted(comparingLong(DeadLetterGroup::count).reversed())
        .limit(MOST_GROUPS)
        .flatMap(group -> letters.example(group).map(one -> DeadLetterRow.of(group, one)).stream())
        .toList();
  }

  /** The last runs of a stream, the latest first. */
  List<RunRow> runs(String stream, int most) {
    return new StoredRuns(database).last(stream, most).stream().map(RunRow::of).toList();
  }

  /** How long requests took; of those that one window needed, their mean. */
  record Latency(long meanMillis, long longestMillis) {}

  /**
   * Those of the requests of a stream's runs, by the runs' IDs; the last of {@code runs} is the
   * earliest.
   */
  Map<String, Latency> latencies(String stream, List<RunRow> runs) {
    Map<String, Latency> byRun = new HashMap<>();
    RowCallbackHandler add =
        row -> byRun.put(row.getString(1), new Latency(row.getLong(2), row.getLong(3)));
    if (!runs.isEmpty()) {
      long earliest = runs.get(runs.size() - 1).started();
      database.query(LATENCIES, add, stream, new Timestamp(earliest));
    }
    return byRun;
  }

  /** Gives {@code cells} the windows of a stream, one call for those of the same cells. */
  void windows(String stream, IdCells cells) {
    RowCallbackHandler add =
        row -> cells.windows(row.getLong(1), row.getLong(2), row.getLong(3), row.getDouble(4));
    long first = cells.firstId();
    long width = cells.width();
    database.query(CELLS, add, stream, first, cells.lastId(), first, width, first, width);
  }

  void deadLetters(String stream, IdCells cells) {
    RowCallbackHandler add = row -> cells.deadLetters(row.getLong(1), row.getLong(2));
    long first = cells.firstId();
    database.query(DEAD_LETTER_CELLS, add, stream, first, cells.lastId(), first, cells.width());
  }

  /** The last ID that was asked by any run that is kept. */
  Optional<Long> lastAsked(String stream) {
    return Optional.ofNullable(
        database.queryForObject(
            "SELECT MAX(last_id) FROM stepsync_run WHERE stream = ? AND kind = 'sync'",
            Long.class,
            stream));
  }

  /**
   * The first dead letter of a group, as the page shows it.
   *
   * @param count how many there are in the group
   * @param kind record, or fetch for an ID without an answer
   * @param payload the record as the API gave it, at most {@value #LONGEST} characters of it
   * @param seenAt milliseconds since 1970
   */
  record DeadLetterRow(
      String stream,
      long count,
      String id,
      String kind,
      String reason,
      String payload,
      long seenAt,
      int tries) {

    private static final int LONGEST = 2000;

    static DeadLetterRow of(DeadLetterGroup group, StoredDeadLetter one) {
      return new DeadLetterRow(
          one.stream(),
          group.count(),
          Long.toString(one.id()),
          one.kind(),
          ShownText.harmless(one.reason()),
          ShortText.told(ShownText.harmless(one.payload()), LONGEST),
          one.seenAt().toEpochMilli(),
          one.tries());
    }
  }
}
