package io.stepsync.store.history;

import static java.util.Collections.nCopies;
import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.groupingBy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The last run of each kind and lane of each stream. All of a long history are read only at first,
 * each ten minutes, and when one of the last runs is gone; else those that are known, as they are
 * now, those that have begun since, and those of streams that run or have no other. Thread-safe.
 */
public final class LastRuns {

  private static final String ALL =
      """
      SELECT r.*
      FROM stepsync_run r JOIN (
        SELECT stream, lane, kind, MAX(started) AS started
        FROM stepsync_run
        GROUP BY stream, lane, kind) l
      ON r.stream = l.stream AND r.lane = l.lane AND r.kind = l.kind AND r.started = l.started""";

  private static final String KNOWN = "run IN (:runs)";

  private static final String SELECT = "SELECT * FROM stepsync_run WHERE ";

  private static final String SINCE = "started > ?";

  /** For a list of streams, HSQLDB would look at each run. */
  private static final String OF_STREAM = "stream = ?";

  /**
   * So much later than others a run can be written, by its node's clock or as its table is made.
   */
  private static final Duration LATEST = Duration.ofMinutes(1);

  private static final long BETWEEN_ALL_MILLIS = Duration.ofMinutes(10).toMillis();

  private final JdbcTemplate database;
  private final InstantSource clock;
  private final Map<Key, StoredRun> last = new HashMap<>();
  private Set<String> ran = Set.of();
  private long readAll;

  private record Key(String stream, int lane, String kind) {}

  /**
   * Reads from a database.
   *
   * @param clock tells when ten minutes are over
   */
  public LastRuns(JdbcTemplate database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Returns those of streams by their names, the latest first; of others they may be old.
   *
   * @param running those of the streams that are known to run: the row of a run whose table took
   *     long to make comes late
   */
  public synchronized Map<String, List<StoredRun>> read(
      Collection<String> streams, Set<String> running) {
    Set<String> late = new HashSet<>(streams);
    last.values().forEach(run -> late.remove(run.stream()));
    late.addAll(running);
    late.addAll(ran);
    ran = running;
    if (last.isEmpty() || clock.millis() - readAll >= BETWEEN_ALL_MILLIS || !readChanges(late)) {
      readAll();
    }
    return new BrokenOffRuns(database)
            .told(last.values().stream().sorted(comparing(StoredRun::started).reversed()).toList())
            .stream()
            .collect(groupingBy(StoredRun::stream));
  }

  private static StoredRun row(ResultSet row, int number) throws SQLException {
    return StoredRun.of(row);
  }

  private void readAll() {
    last.clear();
    readAll = clock.millis();
    take(database.query(ALL, LastRuns::row));
  }

  /** Tells whether all that are known are still there. */
  private boolean readChanges(Set<String> late) {
    List<String> known = last.values().stream().map(StoredRun::run).toList();
    Instant latest =
        last.values().stream().map(StoredRun::started).max(naturalOrder()).orElseThrow();
    List<StoredRun> now =
        new NamedParameterJdbcTemplate(database)
            .query(SELECT + KNOWN, Map.of("runs", known), LastRuns::row);
    take(now);
    take(database.query(SELECT + SINCE, LastRuns::row, Timestamp.from(latest.minus(LATEST))));
    if (!late.isEmpty()) {
      String each = String.join(" OR ", nCopies(late.size(), OF_STREAM));
      take(database.query(SELECT + each, LastRuns::row, late.toArray()));
    }
    return now.size() == known.size();
  }

  private void take(Collection<StoredRun> runs) {
    for (StoredRun run : runs) {
      last.merge(
          new Key(run.stream(), run.lane(), run.kind()),
          run,
          (one, other) -> one.started().isAfter(other.started()) ? one : other);
    }
  }
}
