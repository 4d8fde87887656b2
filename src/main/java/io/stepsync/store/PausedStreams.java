package io.stepsync.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** The streams in stepsync_pause, whose triggers are passed over. */
public final class PausedStreams {

  private final JdbcTemplate sql;

  public PausedStreams(JdbcTemplate sql) {
    this.sql = sql;
  }

  /** Returns since when a stream is paused, if it is. */
  public Optional<Instant> since(String stream) {
    return sql
        .query(
            "SELECT paused_at FROM stepsync_pause WHERE stream = ?",
            (row, number) -> StoredRun.instant(row, "paused_at"),
            stream)
        .stream()
        .findFirst();
  }

  /** Returns since when the streams are paused that are, by their names. */
  public Map<String, Instant> all() {
    Map<String, Instant> all = new HashMap<>();
    RowCallbackHandler add =
        row -> all.put(row.getString("stream"), StoredRun.instant(row, "paused_at"));
    sql.query("SELECT stream, paused_at FROM stepsync_pause", add);
    return all;
  }

  /** Tells whether the stream was not paused before. */
  public boolean pause(String stream) {
    try {
      return since(stream).isEmpty()
          && sql.update(
                  "INSERT INTO stepsync_pause (stream, paused_at) VALUES (?, CURRENT_TIMESTAMP)",
                  stream)
              == 1;
    } catch (DuplicateKeyException e) {
      return false; // another paused it meanwhile
    }
  }

  /** Tells whether the stream was paused. */
  public boolean resume(String stream) {
    return sql.update("DELETE FROM stepsync_pause WHERE stream = ?", stream) == 1;
  }
}
