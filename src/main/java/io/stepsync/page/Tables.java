package io.stepsync.page;

import static java.util.Comparator.comparingLong;

import io.stepsync.http.ShownText;
import io.stepsync.page.runs.LastRuns;
import io.stepsync.page.runs.RunRow;
import io.stepsync.store.LateStreams;
import io.stepsync.store.budget.BudgetStatus;
import io.stepsync.store.letters.DeadLetterGroup;
import io.stepsync.store.letters.DeadLetterTable;
import io.stepsync.store.letters.StoredDeadLetter;
import io.stepsync.verify.VerifyReport;
import io.stepsync.verify.VerifyReports;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
  private final LastRuns lastRuns;

  Tables(DataSource dataSource) {
    database = new JdbcTemplate(dataSource);
    lastRuns = new LastRuns(database, InstantSource.system());
  }

  /** A row of stepsync_state. */
  record State(
      String stream,
      int lane,
      String kind,
      long firstId,
      long lastId,
      long currentId,
      String young) {

    static State of(ResultSet row, int number) throws SQLException {
      return new State(
          row.getString(1),
          row.getInt(2),
          row.getString(3),
          row.getLong(4),
          row.getLong(5),
          row.getLong(6),
          row.getString(7));
    }
  }

  List<State> states() {
    return database.query(
        """
        SELECT stream, lane, kind, COALESCE(first_id, 0), COALESCE(last_id, %d), current_id,
          young
        FROM stepsync_state
        ORDER BY stream, lane"""
            .formatted(Long.MAX_VALUE),
        State::of);
  }

  Set<String> paused() {
    return new HashSet<>(database.queryForList("SELECT stream FROM stepsync_pause", String.class));
  }

  /** When the firings were due that streams are late with. */
  Map<String, Instant> late() {
    return new LateStreams(database).due();
  }

  /** Until when budgets are held back, by their keys. */
  Map<String, Instant> heldBudgets() {
    return BudgetStatus.held(database, Instant.now());
  }

  /** What the last verify of each stream found. */
  Map<String, VerifyReport> verified() {
    return new VerifyReports(database).byStream();
  }

  Map<String, Long> deadLetterCounts() {
    Map<String, Long> counts = new HashMap<>();
    RowCallbackHandler add = row -> counts.put(row.getString(1), row.getLong(2));
    database.query("SELECT stream, COUNT(*) FROM stepsync_dead_letter GROUP BY stream", add);
    return counts;
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
    return database.query(
        "SELECT * FROM stepsync_run WHERE stream = ? ORDER BY stream DESC, started DESC LIMIT "
            + most,
        RunRow::of,
        stream);
  }

  /** The last run of each kind and lane of streams, the latest first. */
  Map<String, List<RunRow>> lastRuns(Collection<String> streams) {
    return lastRuns.read(streams);
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
          shortened(ShownText.harmless(one.payload())),
          one.seenAt().toEpochMilli(),
          one.tries());
    }

    private static String shortened(String payload) {
      return payload.length() <= LONGEST ? payload : payload.substring(0, LONGEST) + "…";
    }
  }
}
