package io.stepsync.ops;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The runs that stepsync_run has, the latest first. */
final class StoredRuns {

  private static final String LATEST = " ORDER BY started DESC FETCH FIRST ? ROWS ONLY";
  private static final String ALL = "SELECT * FROM stepsync_run WHERE stream = ?" + LATEST;
  private static final String OF_KIND =
      "SELECT * FROM stepsync_run WHERE stream = ? AND kind = ?" + LATEST;
  private static final String WITH_STATUS =
      "SELECT * FROM stepsync_run WHERE stream = ? AND kind = ? AND status = ?" + LATEST;
  private static final String BY_ID = "SELECT * FROM stepsync_run WHERE stream = ? AND run = ?";
  private static final String RUNNING =
      "SELECT * FROM stepsync_run WHERE stream = ? AND status = 'running'" + LATEST;

  private final JdbcTemplate sql;

  StoredRuns(JdbcTemplate sql) {
    this.sql = sql;
  }

  List<StoredRun> last(String stream, int most) {
    return find(ALL, stream, most);
  }

  Optional<StoredRun> lastOf(String stream, String kind) {
    return first(find(OF_KIND, stream, kind, 1));
  }

  Optional<StoredRun> lastSuccess(String stream, String kind) {
    return first(find(WITH_STATUS, stream, kind, "caught_up", 1));
  }

  /** Returns a run that did not end; its process may have been killed. */
  Optional<StoredRun> running(String stream) {
    return first(find(RUNNING, stream, 1));
  }

  Optional<StoredRun> byId(String stream, String run) {
    return first(find(BY_ID, stream, run));
  }

  private List<StoredRun> find(String query, Object... parameters) {
    return sql.query(query, (row, number) -> StoredRun.of(row), parameters);
  }

  private static Optional<StoredRun> first(List<StoredRun> runs) {
    return runs.stream().findFirst();
  }
}
