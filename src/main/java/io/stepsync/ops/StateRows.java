package io.stepsync.ops;

import io.stepsync.sync.Checkpoint;
import io.stepsync.sync.Known;
import io.stepsync.sync.Lane;
import io.stepsync.sync.Lanes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows of stepsync_state. Whoever moves a checkpoint raises the version of all lanes: a run
 * that read the ones before changes nothing any more.
 */
final class StateRows {

  private static final String LOAD =
      "SELECT stream, kind, lane, first_id, last_id, current_id, version, updated_at"
          + " FROM stepsync_state WHERE stream = ? ORDER BY kind DESC, lane";
  private static final String LOCK = "UPDATE stepsync_state SET lanes = lanes WHERE stream = ?";
  private static final String LEARNED =
      "SELECT COALESCE(MAX(version), -1) + 1 AS version, COALESCE(MAX(largest), 0) AS largest,"
          + " COALESCE(MIN(NULLIF(answer_limit, 0)), 0) AS answer_limit"
          + " FROM stepsync_state WHERE stream = ? AND kind = 'sync'";
  private static final String FORGET =
      "DELETE FROM stepsync_state WHERE stream = ? AND (kind = 'sync' OR lane > 0)";
  private static final String NEW =
      "INSERT INTO stepsync_state (stream, lane, kind, first_id, last_id, lanes, current_id, state,"
          + " largest, answer_limit, version, updated_at)"
          + " VALUES (?, ?, 'sync', ?, ?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP)";
  private static final String WHOLE_REFRESH =
      "UPDATE stepsync_state SET first_id = NULL, last_id = NULL, lanes = 1"
          + " WHERE stream = ? AND kind = 'refresh'";
  private static final String MOVE_REFRESH =
      "UPDATE stepsync_state SET current_id = ?, state = ?, version = version + 1,"
          + " updated_at = CURRENT_TIMESTAMP WHERE stream = ? AND kind = 'refresh'";
  private static final String FORGET_LIMIT =
      "UPDATE stepsync_state SET largest = 0, answer_limit = 0 WHERE stream = ?";

  private final JdbcTemplate sql;

  /**
   * A row. The names are those of {@code --json}, and stay.
   *
   * @param firstId the lane's first ID; null for the lowest lane
   * @param lastId the lane's last ID; null for the highest lane, which has no end
   * @param currentId the checkpoint, or where a refresh goes on
   */
  record StateRow(
      String stream,
      String kind,
      int lane,
      Long firstId,
      Long lastId,
      long currentId,
      long version,
      Instant updatedAt) {

    private static StateRow of(ResultSet row) throws SQLException {
      return new StateRow(
          row.getString("stream"),
          row.getString("kind"),
          row.getInt("lane"),
          id(row, "first_id"),
          id(row, "last_id"),
          row.getLong("current_id"),
          row.getLong("version"),
          StoredRun.instant(row, "updated_at"));
    }

    private static Long id(ResultSet row, String column) throws SQLException {
      long id = row.getLong(column);
      return row.wasNull() ? null : id;
    }

    private Lane laneOf() {
      long first = firstId == null ? 0 : firstId;
      long last = lastId == null ? Long.MAX_VALUE : lastId;
      return new Lane(first, last, new Checkpoint(currentId), Known.NOTHING, first);
    }
  }

  /** What any lane has learned of the API, and the version that is above theirs. */
  private record Learned(long version, long largest, long answerLimit) {}

  StateRows(JdbcTemplate sql) {
    this.sql = sql;
  }

  /** Returns the rows of the syncs, by lanes, and behind them those of the refreshes. */
  List<StateRow> of(String stream) {
    return sql.query(LOAD, (row, number) -> StateRow.of(row), stream);
  }

  List<StateRow> of(String stream, String kind) {
    return of(stream).stream().filter(row -> row.kind().equals(kind)).toList();
  }

  /**
   * Returns the lanes of a stream; nothing where it was never run.
   *
   * @throws IllegalStateException if the rows leave IDs out, or have some twice
   */
  Optional<Lanes> lanes(String stream) {
    List<StateRow> rows = of(stream, "sync");
    try {
      return rows.isEmpty()
          ? Optional.empty()
          : Optional.of(new Lanes(rows.stream().map(StateRow::laneOf).toList()));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "stream %s: the state rows are damaged: %s".formatted(stream, e.getMessage()), e);
    }
  }

  /**
   * Puts these lanes in the place of those that are there, in a transaction of the caller's. What
   * is known of the records below the old checkpoints does not hold there; of the refreshes that of
   * the lowest lane is left.
   *
   * @param cutInto into how many lanes the stream is to be cut
   */
  void replace(String stream, Lanes lanes, int cutInto) {
    sql.update(LOCK, stream);
    Learned learned = sql.queryForObject(LEARNED, (row, number) -> learned(row), stream);
    sql.update(FORGET, stream);
    sql.update(WHOLE_REFRESH, stream);
    for (int number = 0; number < lanes.all().size(); number++) {
      Lane lane = lanes.all().get(number);
      long currentId = lane.checkpoint().currentId();
      sql.update(
          NEW,
          stream,
          number,
          lane.firstId() == 0 ? null : lane.firstId(),
          lane.isOpenEnded() ? null : lane.lastId(),
          cutInto,
          currentId,
          StateJson.of(currentId),
          learned.largest(),
          learned.answerLimit(),
          learned.version());
    }
  }

  private static Learned learned(ResultSet row) throws SQLException {
    return new Learned(row.getLong("version"), row.getLong("largest"), row.getLong("answer_limit"));
  }

  /** Moves checkpoint and refresh to the initial ID, and forgets where the API cuts its answers. */
  void reset(String stream, long initialId) {
    replace(stream, Lanes.from(initialId), 1);
    sql.update(MOVE_REFRESH, initialId, StateJson.of(initialId), stream);
    sql.update(FORGET_LIMIT, stream);
  }
}
