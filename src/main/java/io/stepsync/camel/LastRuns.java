package io.stepsync.camel;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the table of runs tells of the runs before, those of other processes too. Thread-safe. */
final class LastRuns {

  private static final String CAUGHT_UP =
      """
      SELECT MAX(ended) FROM stepsync_run
      WHERE stream = ? AND kind = 'sync' AND status = 'caught_up'""";

  private static final String FIRST = "SELECT MIN(started) FROM stepsync_run WHERE stream = ?";

  private final JdbcTemplate database;

  LastRuns(DataSource dataSource) {
    database = new JdbcTemplate(dataSource);
  }

  /** Returns when a stream was caught up last; a refresh does not count, as it asks nothing new. */
  Optional<Instant> caughtUp(String stream) {
    return time(CAUGHT_UP, stream);
  }

  /** Returns when a stream was run first. */
  Optional<Instant> first(String stream) {
    return time(FIRST, stream);
  }

  private Optional<Instant> time(String query, String stream) {
    return Optional.ofNullable(database.queryForObject(query, Timestamp.class, stream))
        .map(Timestamp::toInstant);
  }
}
