package io.stepsync.store;

import java.time.Instant;
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
record StreamMoments(JdbcTemplate sql, String table, String column) {

  /** Returns the moments by the names of their streams. */
  Map<String, Instant> all() {
    Map<String, Instant> all = new HashMap<>();
    RowCallbackHandler add =
        row -> all.put(row.getString("stream"), StoredRun.instant(row, column));
    sql.query("SELECT stream, " + column + " FROM " + table, add);
    return all;
  }

  Optional<Instant> of(String stream) {
    return sql
        .query(
            "SELECT " + column + " FROM " + table + " WHERE stream = ?",
            (row, number) -> StoredRun.instant(row, column),
            stream)
        .stream()
        .findFirst();
  }

  /**
   * Adds a stream; tells whether it was not there.
   *
   * @param moment in SQL, with a question mark for each of {@code values}
   */
  boolean add(String stream, String moment, Object... values) {
    Object[] row = new Object[values.length + 1];
    row[0] = stream;
    System.arraycopy(values, 0, row, 1, values.length);
    try {
      return of(stream).isEmpty()
          && sql.update(
                  "INSERT INTO %s (stream, %s) VALUES (?, %s)".formatted(table, column, moment),
                  row)
              == 1;
    } catch (DuplicateKeyException e) {
      return false; // another was first
    }
  }

  /** Removes a stream; tells whether it was there. */
  boolean remove(String stream) {
    return sql.update("DELETE FROM " + table + " WHERE stream = ?", stream) == 1;
  }
}
