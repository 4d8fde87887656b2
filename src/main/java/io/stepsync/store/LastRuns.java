package io.stepsync.store;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the table of runs tells of the runs before, those of other processes too. Thread-safe. */
public final class LastRuns {

  private static final String LANES =
      "SELECT COUNT(*) FROM stepsync_state WHERE stream = ? AND kind = 'sync'";

  private static final String WHOLE =
      """
      SELECT MAX(ended) FROM stepsync_run
      WHERE stream = ? AND kind = 'sync' AND status = 'caught_up' AND lanes = 1""";

  private static final String BY_LANE =
      """
      SELECT MAX(ended) FROM stepsync_run
      WHERE stream = ? AND kind = 'sync' AND status = 'caught_up' AND lane < ?
      GROUP BY lane""";

  private static final String FIRST = "SELECT MIN(started) FROM stepsync_run WHERE stream = ?";

  private final JdbcTemplate database;

  public LastRuns(DataSource dataSource) {
    database = new JdbcTemplate(dataSource);
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
    int lanes = database.queryForObject(LANES, Integer.class, stream);
    if (lanes < 2) {
      return Optional.empty();
    }
    List<Timestamp> ends = database.queryForList(BY_LANE, Timestamp.class, stream, lanes);
    return ends.size() < lanes
        ? Optional.empty()
        : ends.stream().map(Timestamp::toInstant).min(Comparator.naturalOrder());
  }

  /** Returns when a stream was run first. */
  public Optional<Instant> first(String stream) {
    return time(FIRST, stream);
  }

  private Optional<Instant> time(String query, String stream) {
    return Optional.ofNullable(database.queryForObject(query, Timestamp.class, stream))
        .map(Timestamp::toInstant);
  }
}
