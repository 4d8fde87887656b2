package io.stepsync.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * The streams in stepsync_late: each has waited for a thread until its schedule fired again, and
 * has not begun a run in time since. Thread-safe.
 */
public final class LateStreams {

  private final JdbcTemplate sql;

  public LateStreams(JdbcTemplate sql) {
    this.sql = sql;
  }

  /** Returns when the firings were due that the streams are late with, by their names. */
  public Map<String, Instant> due() {
    Map<String, Instant> due = new HashMap<>();
    RowCallbackHandler add =
        row -> due.put(row.getString("stream"), StoredRun.instant(row, "due_at"));
    sql.query("SELECT stream, due_at FROM stepsync_late", add);
    return due;
  }

  /** Returns when the firing was due that a stream is late with, if it is. */
  public Optional<Instant> due(String stream) {
    return sql
        .query(
            "SELECT due_at FROM stepsync_late WHERE stream = ?",
            (row, number) -> StoredRun.instant(row, "due_at"),
            stream)
        .stream()
        .findFirst();
  }

  /** Notes that a stream is late; tells whether it was not before. */
  public boolean add(String stream, Instant due) {
    try {
      return due(stream).isEmpty()
          && sql.update(
                  "INSERT INTO stepsync_late (stream, due_at) VALUES (?, ?)",
                  stream,
                  due.atOffset(ZoneOffset.UTC))
              == 1;
    } catch (DuplicateKeyException e) {
      return false; // another node was first
    }
  }

  /** Notes that a stream is in time; tells whether it was late. */
  public boolean remove(String stream) {
    return sql.update("DELETE FROM stepsync_late WHERE stream = ?", stream) == 1;
  }
}
