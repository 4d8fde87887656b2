package io.stepsync.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The streams in stepsync_pause, whose triggers are passed over. */
public final class PausedStreams {

  private final StreamMoments paused;

  public PausedStreams(JdbcTemplate sql) {
    paused = new StreamMoments(sql, "stepsync_pause", "paused_at");
  }

  /** Returns since when a stream is paused, if it is. */
  public Optional<Instant> since(String stream) {
    return paused.of(stream);
  }

  /** Returns since when the streams are paused that are, by their names. */
  public Map<String, Instant> all() {
    return paused.all();
  }

  /** Tells whether the stream was not paused before. */
  public boolean pause(String stream) {
    return paused.add(stream, "CURRENT_TIMESTAMP");
  }

  /** Tells whether the stream was paused. */
  public boolean resume(String stream) {
    return paused.remove(stream);
  }
}
