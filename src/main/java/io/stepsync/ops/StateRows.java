package io.stepsync.ops;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows of stepsync_state. Whoever moves a checkpoint raises its version: a run that read the
 * one before changes nothing any more.
 */
final class StateRows {

  private static final String LOAD =
      "SELECT stream, kind, current_id, version, updated_at FROM stepsync_state"
          + " WHERE stream = ? AND lane = 0 ORDER BY kind DESC";
  private static final String MOVE =
      "UPDATE stepsync_state SET current_id = ?, state = ?, known_from = 0, known_records = 0,"
          + " version = version + 1, updated_at = CURRENT_TIMESTAMP"
          + " WHERE stream = ? AND lane = 0 AND kind = ?";
  private static final String NEW =
      "INSERT INTO stepsync_state (stream, lane, kind, current_id, state, version, updated_at)"
          + " VALUES (?, 0, 'sync', ?, ?, 0, CURRENT_TIMESTAMP)";
  private static final String FORGET_LIMIT =
      "UPDATE stepsync_state SET largest = 0, answer_limit = 0 WHERE stream = ? AND lane = 0";

  private final JdbcTemplate sql;

  /**
   * A row.
   *
   * @param currentId the checkpoint, or where a refresh goes on
   */
  record StateRow(String stream, String kind, long currentId, long version, Instant updatedAt) {

    private static StateRow of(ResultSet row) throws SQLException {
      return new StateRow(
          row.getString("stream"),
          row.getString("kind"),
          row.getLong("current_id"),
          row.getLong("version"),
          StoredRun.instant(row, "updated_at"));
    }
  }

  StateRows(JdbcTemplate sql) {
    this.sql = sql;
  }

  /** Returns the row of the sync and, behind it, that of the refresh, as far as they are there. */
  List<StateRow> of(String stream) {
    return sql.query(LOAD, (row, number) -> StateRow.of(row), stream);
  }

  Optional<StateRow> of(String stream, String kind) {
    return of(stream).stream().filter(row -> row.kind().equals(kind)).findFirst();
  }

  /** Moves the checkpoint; what is known of the records below the old one does not hold there. */
  void move(String stream, long currentId) {
    String state = StateJson.of(currentId);
    if (sql.update(MOVE, currentId, state, stream, "sync") == 0) {
      sql.update(NEW, stream, currentId, state);
    }
  }

  /** Moves checkpoint and refresh to the initial ID, and forgets where the API cuts its answers. */
  void reset(String stream, long initialId) {
    move(stream, initialId);
    sql.update(MOVE, initialId, StateJson.of(initialId), stream, "refresh");
    sql.update(FORGET_LIMIT, stream);
  }
}
