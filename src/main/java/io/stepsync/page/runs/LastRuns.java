package io.stepsync.page.runs;

import static java.util.Collections.nCopies;
import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.sql.Timestamp;
import java.time.Duration;
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

  /** By the index of streams; for a list of them, or for all, HSQLDB would look at each run. */
  private static final String SINCE = "(stream = ? AND started > ?)";

  /**
   * So much later than others a run can be written, by its node's clock or as its table is made.
   */
  private static final long LATEST_MILLIS = Duration.ofMinutes(1).toMillis();

  private static final long BETWEEN_ALL_MILLIS = Duration.ofMinutes(10).toMillis();

  private final JdbcTemplate database;
  private final InstantSource clock;
  private final Map<Key, RunRow> last = new HashMap<>();
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

  /** Returns those of streams by their names, the latest first; of others they may be old. */
  public synchronized Map<String, List<RunRow>> read(Collection<String> streams) {
    if (last.isEmpty() || clock.millis() - readAll >= BETWEEN_ALL_MILLIS || !readChanges(streams)) {
      readAll();
    }
    return last.values().stream()
        .sorted(comparingLong(RunRow::started).reversed())
        .collect(groupingBy(RunRow::stream));
  }

  private void readAll() {
    last.clear();
    readAll = clock.millis();
    take(database.query(ALL, RunRow::of));
  }

  /** Tells whether all that are known are still there. */
  private boolean readChanges(Collection<String> streams) {
    List<String> known = last.values().stream().map(RunRow::run).toList();
    Map<String, Long> latest =
        last.values().stream().collect(toMap(RunRow::stream, RunRow::started, Math::max));
    List<RunRow> now =
        new NamedParameterJdbcTemplate(database)
            .query(SELECT + KNOWN, Map.of("runs", known), RunRow::of);
    take(now);
    if (!streams.isEmpty()) {
      Object[] begun =
          streams.stream()
              .flatMap(
                  name -> {
                    long before = latest.getOrDefault(name, LATEST_MILLIS) - LATEST_MILLIS;
                    return Stream.of(name, new Timestamp(before));
                  })
              .toArray();
      String each = String.join(" OR ", nCopies(streams.size(), SINCE));
      take(database.query(SELECT + each, RunRow::of, begun));
    }
    return now.size() == known.size();
  }

  private void take(Collection<RunRow> runs) {
    for (RunRow run : runs) {
      last.merge(
          new Key(run.stream(), run.lane(), run.kind()),
          run,
          (one, other) -> one.started() > other.started() ? one : other);
    }
  }
}
