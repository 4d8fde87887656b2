package io.stepsync.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.stepsync.window.AnswerLimit;
import io.stepsync.window.AnswerSize;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.Density;
import io.stepsync.window.IdWindow;
import io.stepsync.window.Lane;
import io.stepsync.window.Lanes;
import io.stepsync.window.RecordsBelow;
import io.stepsync.window.YoungIds;
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
public final class StateRows {

  private static final String SELECT =
      "SELECT stream, kind, lane, first_id, last_id, current_id, version, updated_at, young,"
          + " limit_records, limit_ids FROM stepsync_state";
  private static final String LOAD = SELECT + " WHERE stream = ? ORDER BY kind DESC, lane";
  private static final String ALL = SELECT + " ORDER BY stream, kind DESC, lane";
  private static final String LOCK = "UPDATE stepsync_state SET lanes = lanes WHERE stream = ?";
  private static final String LEARNED =
      "SELECT COALESCE(MAX(version), -1) + 1 AS version,"
          + " COALESCE(MAX(largest_records), 0) AS largest_records,"
          + " COALESCE(MAX(largest_ids), 0) AS largest_ids,"
          + " COALESCE(MIN(NULLIF(limit_records, 0)), 0) AS limit_records,"
          + " COALESCE(MIN(NULLIF(limit_ids, 0)), 0) AS limit_ids FROM stepsync_state WHERE stream = ? AND kind = 'sync'";
  private static final String FORGET =
      "DELETE FROM stepsync_state WHERE stream = ? AND (kind = 'sync' OR lane > 0)";
  private static final String NEW =
      "INSERT INTO stepsync_state (stream, lane, kind, first_id, last_id, lanes, current_id, state,"
          + " largest_records, largest_ids, limit_records, limit_ids, young, version, updated_at)"
          + " VALUES (?, ?, 'sync', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP)";
  private static final String WHOLE_REFRESH =
      "UPDATE stepsync_state SET first_id = NULL, last_id = NULL, lanes = 1"
          + " WHERE stream = ? AND kind = 'refresh'";
  private static final String MOVE_REFRESH =
      "UPDATE stepsync_state SET current_id = ?, state = ?, version = version + 1,"
          + " updated_at = CURRENT_TIMESTAMP WHERE stream = ? AND kind = 'refresh'";
  private static final String MISSING = "SELECT COUNT(*) FROM stepsync_missing WHERE stream = ?";
  private static final String FORGET_LIMIT =
      "UPDATE stepsync_state SET largest_records = 0, largest_ids = 0, limit_records = 0,"
          + " limit_ids = 0, version = version + 1 WHERE stream = ?";

  private final JdbcTemplate sql;

  /**
   * A row. The names are those of {@code --json}, and stay.
   *
   * @param firstId the lane's first ID; null for the lowest lane
   * @param lastId the lane's last ID; null for the highest lane, which has no end
   * @param currentId the checkpoint, or where a refresh goes on
   * @param young how many IDs below the checkpoint may still come
   * @param youngUntil when the last of them is of age; null where there is none
   * @param limitRecords the records at which the API was seen to cut its answers; null if it was
   *     not
   * @param limitIds the IDs at which it was
   */
  public record Row(
      String stream,
      String kind,
      int lane,
      Long firstId,
      Long lastId,
      long currentId,
      long version,
      Instant updatedAt,
      long young,
      Instant youngUntil,
      Long limitRecords,
      Long limitIds,
      @JsonIgnore YoungIds youngIds) {

    private static Row of(ResultSet row) throws SQLException {
      YoungIds young = YoungIds.parse(row.getString("young"));
      return new Row(
          row.getString("stream"),
          row.getString("kind"),
          row.getInt("lane"),
          id(row, "first_id"),
          id(row, "last_id"),
          row.getLong("current_id"),
          row.getLong("version"),
          StreamMoments.moment(row, "updated_at"),
          young.count(),
          young.ranges().isEmpty() ? null : Instant.ofEpochMilli(young.until()),
          positive(row, "limit_records"),
          positive(row, "limit_ids"),
          young);
    }

    private static Long positive(ResultSet row, String column) throws SQLException {
      long value = row.getLong(column);
      return value > 0 ? value : null;
    }

    private static Long id(ResultSet row, String column) throws SQLException {
      long id = row.getLong(column);
      return row.wasNull() ? null : id;
    }

    public boolean isOf(RunKind name) {
      return kind.equals(name.text());
    }

    private Lane laneOf(List<Row> own) {
      long refreshId =
          own.stream()
              .filter(row -> row.isOf(RunKind.REFRESH) && row.lane == lane)
              .mapToLong(Row::currentId)
              .findFirst()
              .orElse(0);
      long first = firstId == null ? 0 : firstId;
      long last = lastId == null ? Long.MAX_VALUE : lastId;
      return new Lane(
          first,
          last,
          new Checkpoint(currentId),
          RecordsBelow.NOTHING,
          Math.max(first, refreshId),
          youngIds,
          false,
          Density.UNKNOWN);
    }
  }

  /** What any lane has learned of the API, and the version that is above theirs. */
  private record Learned(long version, AnswerLimit limit) {}

  public StateRows(JdbcTemplate sql) {
    this.sql = sql;
  }

  /** Returns the rows of the syncs, by lanes, and behind them those of the refreshes. */
  public List<Row> of(String stream) {
    return sql.query(LOAD, (row, number) -> Row.of(row), stream);
  }

  /** Returns the rows of all streams, those of each in the order of {@link #of}. */
  public List<Row> all() {
    return sql.query(ALL, (row, number) -> Row.of(row));
  }

  public List<Row> of(String stream, String kind) {
    return of(stream).stream().filter(row -> row.kind().equals(kind)).toList();
  }

  /**
   * Returns how many rows the refresh of a stream, which is under way, has found missing so far.
   */
  public long missing(String stream) {
    return sql.queryForObject(MISSING, Long.class, stream);
  }

  /**
   * Returns the lanes of a stream; nothing where it was never run.
   *
   * @throws IllegalStateException if the rows leave IDs out, or have some twice
   */
  public Optional<Lanes> lanes(String stream) {
    return lanes(stream, of(stream));
  }

  /**
   * Returns the lanes of a stream that has these rows; nothing where it was never run.
   *
   * @throws IllegalStateException if the rows leave IDs out, or have some twice
   */
  public static Optional<Lanes> lanes(String stream, List<Row> rows) {
    List<Row> syncs = rows.stream().filter(row -> row.isOf(RunKind.SYNC)).toList();
    try {
      return syncs.isEmpty()
          ? Optional.empty()
          : Optional.of(new Lanes(syncs.stream().map(row -> row.laneOf(rows)).toList()));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "stream %s: the state rows are damaged: %s".formatted(stream, e.getMessage()), e);
    }
  }

  /**
   * Puts these lanes in the place of those that are there, in a transaction of the caller's. What
   * is known of the records below the old checkpoints does not hold there; which IDs are young
   * does, as far as they are still below one. Of the refreshes that of the lowest lane is left.
   *
   * @param cutInto into how many lanes the stream is to be cut
   */
  public void replace(String stream, Lanes lanes, int cutInto) {
    sql.update(LOCK, stream);
    Learned learned = sql.queryForObject(LEARNED, (row, number) -> learned(row), stream);
    YoungIds young = YoungIds.NONE;
    for (Row row : of(stream, "sync")) {
      young = young.and(row.youngIds());
    }
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
          StateRow.json(new Checkpoint(currentId)),
          learned.limit().largest().records(),
          learned.limit().largest().ids(),
          learned.limit().limit().records(),
          learned.limit().limit().ids(),
          currentId == lane.firstId()
              ? null
              : young.in(new IdWindow(lane.firstId(), currentId - 1)).text(),
          learned.version());
    }
  }

  private static Learned learned(ResultSet row) throws SQLException {
    return new Learned(
        row.getLong("version"),
        new AnswerLimit(
            new AnswerSize(row.getLong("largest_records"), row.getLong("largest_ids")),
            new AnswerSize(row.getLong("limit_records"), row.getLong("limit_ids"))));
  }

  /** Moves checkpoint and refresh to the initial ID, and forgets where the API cuts its answers. */
  public void reset(String stream, long initialId) {
    replace(stream, Lanes.from(initialId), 1);
    sql.update(MOVE_REFRESH, initialId, StateRow.json(new Checkpoint(initialId)), stream);
    forgetLimit(stream);
  }

  /** Forgets where the API cuts its answers, in a transaction of the caller's. */
  public void forgetLimit(String stream) {
    sql.update(FORGET_LIMIT, stream);
  }
}
