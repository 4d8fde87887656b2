package io.stepsync.ops;

import io.stepsync.StreamSettings;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds out how streams stand: from stepsync's tables, and from what schedules say. */
final class StreamStatuses {

  private static final String DEAD_LETTERS =
      "SELECT COUNT(*) FROM stepsync_dead_letter WHERE stream = ?";

  private final JdbcTemplate sql;
  private final StoredRuns runs;
  private final StateRows states;
  private final PausedStreams paused;
  private final Instant now;

  StreamStatuses(JdbcTemplate sql, Instant now) {
    this.sql = sql;
    this.runs = new StoredRuns(sql);
    this.states = new StateRows(sql);
    this.paused = new PausedStreams(sql);
    this.now = now;
  }

  StreamStatus of(StreamSettings stream, String schedule) {
    String name = stream.name();
    Optional<StoredRun> sync = runs.lastOf(name, "sync");
    Optional<StoredRun> refresh = runs.lastOf(name, "refresh");
    Optional<StoredRun> last =
        Stream.concat(sync.stream(), refresh.stream())
            .max((one, other) -> one.started().compareTo(other.started()));
    Optional<StateRows.StateRow> state = states.of(name, "sync");
    Optional<Instant> pausedAt = paused.since(name);
    Long checkpoint = state.map(StateRows.StateRow::currentId).orElse(null);
    Long head = last.map(StoredRun::head).orElse(null);
    return new StreamStatus(
        name,
        state(last, pausedAt.isPresent()),
        pausedAt.orElse(null),
        checkpoint,
        head,
        head == null || checkpoint == null ? null : Math.max(0, head - checkpoint + 1),
        runs.lastSuccess(name, "sync").map(StoredRun::ended).orElse(null),
        state.map(StateRows.StateRow::updatedAt).orElse(null),
        sql.queryForObject(DEAD_LETTERS, Long.class, name),
        Crons.next(schedule, now),
        last.map(StoredRun::error).orElse(null),
        last.orElse(null),
        refresh(stream, refresh));
  }

  private static String state(Optional<StoredRun> last, boolean isPaused) {
    if (isPaused && last.filter(StoredRun::isRunning).isEmpty()) {
      return "paused";
    }
    return last.map(StreamStatuses::status).orElse("never_run");
  }

  /** A run that was stopped has the status paused, which means something else for a stream. */
  private static String status(StoredRun run) {
    return run.status().equals("paused") ? "stopped" : run.status();
  }

  private StreamStatus.Refresh refresh(StreamSettings stream, Optional<StoredRun> last) {
    Optional<StateRows.StateRow> row = states.of(stream.name(), "refresh");
    String schedule = stream.refresh().schedule();
    if (schedule == null && row.isEmpty()) {
      return null;
    }
    long initialId = stream.scan().initialId();
    long position = row.map(StateRows.StateRow::currentId).orElse(initialId);
    boolean begun = position > initialId;
    Instant since = row.map(StateRows.StateRow::updatedAt).orElse(now);
    return new StreamStatus.Refresh(
        last.map(StreamStatuses::status).orElse("never_run"),
        position,
        begun,
        schedule == null ? null : begun ? since : Crons.next(schedule, since),
        last.map(StoredRun::error).orElse(null));
  }
}
