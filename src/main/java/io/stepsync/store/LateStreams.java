package io.stepsync.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The streams in stepsync_late: each has waited for a thread until its schedule fired again, and
 * has not begun a run in time since. Thread-safe.
 */
public final class LateStreams {

  private final StreamMoments late;

  public LateStreams(JdbcTemplate sql) {
    late = new StreamMoments(sql, "stepsync_late", "due_at");
  }

  /** Returns when the firings were due that the streams are late with, by their names. */
  public Map<String, Instant> due() {
    return late.all();
  }

  /** Returns when the firing was due that a stream is late with, if it is. */
  public Optional<Instant> due(String stream) {
    return late.of(stream);
  }

  /** Notes that a stream is late; tells whether it was not before. */
  public boolean add(String stream, Instant due) {
    return late.add(stream, "?", due.atOffset(ZoneOffset.UTC));
  }

  /** Notes that a stream is in time; tells whether it was late. */
  public boolean remove(String stream) {
    return late.remove(stream);
  }
}
