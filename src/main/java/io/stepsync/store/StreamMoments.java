package io.stepsync.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * A table that has a row, with a moment, for each stream of which something holds. Thread-safe.
 *
 * @param column the moment's
 */
public record StreamMoments(JdbcTemplate sql, String table, String column) {

  /** The streams whose triggers are passed over, and since when. */
  public static StreamMoments paused(JdbcTemplate sql) {
    return new StreamMoments(sql, "stepsync_pause", "paused_at");
  }

  /**
   * The streams that are late, and when the firings were due that they are late with: each has
   * waited for a thread until its schedule fired again, and has not begun a run in time since.
   */
  public static StreamMoments late(JdbcTemplate sql) {
    return new StreamMoments(sql, "stepsync_late", "due_at");
  }

  /** Reads a moment of any of stepsync's own tables; null where there is none. */
  public static Instant moment(ResultSet row, String column) throws SQLException {
    OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
    return moment == null ? null : moment.toInstant();
  }

  /** Returns the moments by the names of their streams. */
  public Map<String, Instant> all() {
    Map<String, Instant> all = new HashMap<>();
    RowCallbackHandler add = row -> all.put(row.getString("stream"), moment(row, column));
    sql.query("SELECT stream, " + column + " FROM " + table, add);
    return all;
  }

  /** Returns the moment of a stream, if it is there. */
  public Optional<Instant> of(String stream) {
    return sql
        .query(
            "SELECT " + column + " FROM " + table + " WHERE stream = ?",
            (row, number) -> moment(row, column),
            stream)
        .stream()
        .findFirst();
  }

  /**
   * Adds a stream with the present moment, as the database has it; tells whether it was not there.
   */
  public boolean add(String stream) {
    return insert("CURRENT_TIMESTAMP", stream);
  }

  /** Adds a stream with a moment; tells whether it was not there. */
  public boolean add(String stream, Instant moment) {
    return insert("?", stream, moment.atOffset(ZoneOffset.UTC));
  }

  private boolean insert(String moment, Object... values) {
    try {
      return of((String) values[0]).isEmpty()
          && sql.update(
                  "INSERT INTO %s (stream, %s) VALUES (?, %s)".formatted(table, column, moment),
                  values)
              == 1;
    } catch (DuplicateKeyException e) {
      return false; // another was first
    }
  }

  /** Removes a stream; tells whether it was there. */
  public boolean remove(String stream) {
    return sql.update("DELETE FROM " + table + " WHERE stream = ?", stream) == 1;
  }
}
