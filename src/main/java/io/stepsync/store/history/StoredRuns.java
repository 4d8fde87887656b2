package io.stepsync.store.history;

import io.stepsync.store.RunKind;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The runs that stepsync_run has, the latest first, those of other processes too. Thread-safe. */
public final class StoredRuns {

  private static final String LATEST = " ORDER BY stream DESC, started DESC LIMIT ?";
  private static final String ALL = "SELECT * FROM stepsync_run WHERE stream = ?" + LATEST;
  private static final String BY_LANE =
      "SELECT run.* FROM stepsync_run run JOIN"
          + " (SELECT lane, MAX(started) AS started FROM stepsync_run"
          + " WHERE stream = ? AND kind = ? GROUP BY lane) latest"
          + " ON run.lane = latest.lane AND run.started = latest.started"
          + " WHERE run.stream = ? AND run.kind = ? ORDER BY run.lane";
  private static final String BY_ID = "SELECT * FROM stepsync_run WHERE stream = ? AND run = ?";
  private static final String RUNNING =
      "SELECT * FROM stepsync_run WHERE stream = ? AND status = 'running' ORDER BY started DESC";

  private static final String BREAK_OFF =
      "UPDATE stepsync_run SET status = 'broken_off' WHERE status = 'running'";

  private static final String SYNCS_OF_LANE =
      "SELECT * FROM stepsync_run WHERE stream = ? AND lane = ? AND kind = 'sync'" + LATEST;

  private static final String ENDED_SYNCS =
      "SELECT * FROM stepsync_run WHERE stream = ? AND kind = 'sync' AND ended IS NOT NULL"
          + " AND windows > 0"
          + LATEST;

  private static final String LAST_ASKED =
      "SELECT MAX(last_id) FROM stepsync_run WHERE stream = ? AND kind = 'sync'";

  private static final String LANES =
      "SELECT COUNT(*) FROM stepsync_state WHERE stream = ? AND kind = 'sync'";

  private static final String WHOLE =
      """
      SELECT MAX(ended) FROM stepsync_run
      WHERE stream = ? AND kind = 'sync' AND status = 'caught_up' AND lanes = 1""";

  private static final String CAUGHT_UP_BY_LANE =
      """
      SELECT MAX(ended) FROM stepsync_run
      WHERE stream = ? AND kind = 'sync' AND status = 'caught_up' AND lane < ?
      GROUP BY lane""";

  private static final String STREAMS =
      "SELECT stream FROM stepsync_state UNION SELECT stream FROM stepsync_run ORDER BY stream";

  private static final String FIRST = "SELECT MIN(started) FROM stepsync_run WHERE stream = ?";

  private final JdbcTemplate sql;

  public StoredRuns(JdbcTemplate sql) {
    this.sql = sql;
  }

  public StoredRuns(DataSource dataSource) {
    this(new JdbcTemplate(dataSource));
  }

  /** Returns the streams of which there is a state or a run, those without a file now too. */
  public List<String> streams() {
    return sql.queryForList(STREAMS, String.class);
  }

  public List<StoredRun> last(String stream, int most) {
    return find(ALL, stream, most);
  }

  /** Returns the latest run of a kind of each lane that had one, by lanes. */
  public List<StoredRun> latest(String stream, String kind) {
    return find(BY_LANE, stream, kind, stream, kind);
  }

  /** Returns the last syncs of all lanes that have ended, and asked at least one window. */
  public List<StoredRun> endedSyncs(String stream, int most) {
    return find(ENDED_SYNCS, stream, most);
  }

  /** Returns the last ID that was asked by any sync. */
  public Optional<Long> lastAsked(String stream) {
    return Optional.ofNullable(sql.queryForObject(LAST_ASKED, Long.class, stream));
  }

  /** Returns a run of any lane that goes on, or may. */
  public Optional<StoredRun> running(String stream) {
    return find(RUNNING, stream).stream()
        .filter(run -> run.state() != StreamState.BROKEN_OFF)
        .findFirst();
  }

  /** Has all runs that did not end broken off, as it is known that none goes on anywhere. */
  public void breakOff() {
    sql.update(BREAK_OFF);
  }

  /**
   * Returns the last sync of a lane of which so many have failed in a row; of several lanes that of
   * the lowest. Those of lanes that were joined do not count.
   */
  public Optional<StoredRun> failing(String stream, int inARow) {
    int lanes = Math.max(1, sql.queryForObject(LANES, Integer.class, stream));
    return latest(stream, RunKind.SYNC.text()).stream()
        .filter(last -> last.lane() < lanes && last.state() == StreamState.FAILED)
        .filter(last -> haveFailed(find(SYNCS_OF_LANE, stream, last.lane(), inARow), inARow))
        .findFirst();
  }

  private static boolean haveFailed(List<StoredRun> last, int count) {
    return last.size() == count && last.stream().allMatch(run -> run.state() == StreamState.FAILED);
  }

  public Optional<StoredRun> byId(String stream, String run) {
    return first(find(BY_ID, stream, run));
  }

  private List<StoredRun> find(String query, Object... parameters) {
    return new BrokenOffRuns(sql)
        .told(sql.query(query, (row, number) -> StoredRun.of(row), parameters));
  }

  private static Optional<StoredRun> first(List<StoredRun> runs) {
    return runs.stream().findFirst();
  }

  /**
   * Returns when a stream was caught up last; a refresh does not count, as it asks nothing new. One
   * with several lanes is caught up when all of them are, or was before it was cut into them.
   */
  public Optional<Instant> caughtUp(String stream) {
    Optional<Instant> whole = time(WHOLE, stream);
    return allLanes(stream)
        .filter(time -> whole.isEmpty() || time.isAfter(whole.get()))
        .or(() -> whole);
  }

  private Optional<Instant> allLanes(String stream) {
    int lanes = sql.queryForObject(LANES, Integer.class, stream);
    if (lanes < 2) {
      return Optional.empty();
    }
    List<Timestamp> ends = sql.queryForList(CAUGHT_UP_BY_LANE, Timestamp.class, stream, lanes);
    return ends.size() < lanes
        ? Optional.empty()
        : ends.stream().map(Timestamp::toInstant).min(Comparator.naturalOrder());
  }

  /** Returns when a stream was run first. */
  public Optional<Instant> first(String stream) {
    return time(FIRST, stream);
  }

  private Optional<Instant> time(String query, String stream) {
    return Optional.ofNullable(sql.queryForObject(query, Timestamp.class, stream))
        .map(Timestamp::toInstant);
  }
}
