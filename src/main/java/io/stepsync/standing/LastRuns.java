package io.stepsync.standing;

import static java.util.Collections.nCopies;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.stepsync.store.StoredRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The last run of each kind and lane of each stream. All of a long history are read only at first,
 * each ten minutes, and when one of the last runs is gone; else those that are known, as they are
 * now, and those that have begun since. Thread-safe.
 */
final class LastRuns {

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

  /** By the index of streams; for a list of them, or for all, HSQLDB would look at each run. */
  private static final String SINCE = "(stream = ? AND started > ?)";

  /**
   * So much later than others a run can be written, by its node's clock or as its table is made.
   */
  private static final Duration LATEST = Duration.ofMinutes(1);

  private static final Instant FIRST = Instant.EPOCH.plus(LATEST);

  private static final long BETWEEN_ALL_MILLIS = Duration.ofMinutes(10).toMillis();

  private final JdbcTemplate database;
  private final InstantSource clock;
  private final Map<Key, StoredRun> last = new HashMap<>();
  private long readAll;

  private record Key(String stream, int lane, String kind) {}

  /**
   * Reads from a database.
   *
   * @param clock tells when ten minutes are over
   */
  LastRuns(JdbcTemplate database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Returns those of streams by their names, the latest first; of others they may be old. */
  synchronized Map<String, List<StoredRun>> read(Collection<String> streams) {
    if (last.isEmpty() || clock.millis() - readAll >= BETWEEN_ALL_MILLIS || !readChanges(streams)) {
      readAll();
    }
    return last.values().stream()
        .sorted(comparing(StoredRun::started).reversed())
        .collect(groupingBy(StoredRun::stream));
  }

  private static StoredRun row(ResultSet row, int number) throws SQLException {
    return StoredRun.of(row);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void readAll() {
    last.clear();
    readAll = clock.millis();
    take(database.query(ALL, LastRuns::row));
  }

  /** Tells whether all that are known are still there. */
  private boolean readChanges(Collection<String> streams) {
    List<String> known = last.values().stream().map(StoredRun::run).toList();
    Map<String, Instant> latest =
        last.values().stream()
            .collect(toMap(StoredRun::stream, StoredRun::started, LastRuns::later));
    List<StoredRun> now =
        new NamedParameterJdbcTemplate(database)
            .query(SELECT + KNOWN, Map.of("runs", known), LastRuns::row);
    take(now);
    if (!streams.isEmpty()) {
      Object[] begun =
          streams.stream()
              .flatMap(
                  name -> {
                    Instant before = latest.getOrDefault(name, FIRST).minus(LATEST);
                    return Stream.of(name, Timestamp.from(before));
                  })
              .toArray();
      String each = String.join(" OR ", nCopies(streams.size(), SINCE));
      take(database.query(SELECT + each, LastRuns::row, begun));
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
