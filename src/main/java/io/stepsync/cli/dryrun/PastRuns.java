package io.stepsync.cli.dryrun;

import io.stepsync.store.DataSources;
import io.stepsync.store.OwnTables;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the last runs of a stream took.
 *
 * @param runs how many there are, at most ten
 * @param secondsPerWindow the average; not a number where there is no run
 */
record PastRuns(int runs, double secondsPerWindow) {

  private static final int LAST = 10;
  private static final String QUERY =
      "SELECT started, ended, windows FROM stepsync_run WHERE stream = ? AND kind = 'sync'"
          + " AND ended IS NOT NULL AND windows > 0 ORDER BY stream DESC, started DESC";

  private record PastRun(Duration time, long windows) {}

  static PastRuns of(CamelContext context, String stream) throws SQLException {
    if (OwnTables.areMissing(DataSources.of(context))) {
      return new PastRuns(0, Double.NaN);
    }
    JdbcTemplate database = new JdbcTemplate(DataSources.of(context));
    database.setMaxRows(LAST);
    List<PastRun> runs =
        database.query(
            QUERY,
            (row, number) ->
                new PastRun(
                    Duration.between(
                        row.getTimestamp(1).toInstant(), row.getTimestamp(2).toInstant()),
                    row.getLong(3)),
            stream);
    long windows = runs.stream().mapToLong(PastRun::windows).sum();
    double seconds = runs.stream().mapToLong(run -> run.time().toMillis()).sum() / 1000.0;
    return new PastRuns(runs.size(), seconds / windows);
  }
}
