package io.stepsync.store.history;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.stepsync.store.RunKind;
import io.stepsync.store.StreamMoments;
import io.stepsync.store.alive.RunProcess;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * A row of stepsync_run. The names are those of {@code --json}, and stay.
 *
 * @param lane which of the stream's lanes it was of; 0 for the lowest
 * @param lanes how many the stream had then, as far as the run knew
 * @param ended null while it runs, and for one that was broken off
 * @param status running, caught_up, paused (it was stopped), failed, broken_off (its process was
 *     killed) or running_or_broken_off (which of both cannot be known here)
 * @param head the API's highest ID at its start; null where it told none
 * @param error null unless it failed
 * @param node on which node of a cluster it ran; null where there was none
 * @param process in which it ran, see {@link RunProcess#text}; null for one of an older version
 */
public record StoredRun(
    String run,
    String stream,
    int lane,
    @JsonIgnore int lanes,
    String kind,
    Instant started,
    Instant ended,
    String status,
    long windows,
    long records,
    long upserted,
    long unchanged,
    long deleted,
    long deadLetters,
    long bytes,
    Long firstId,
    Long lastId,
    Long head,
    String error,
    String node,
    String process) {

  /** Reads a row of stepsync_run. */
  public static StoredRun of(ResultSet row) throws SQLException {
    return new StoredRun(
        row.getString("run"),
        row.getString("stream"),
        row.getInt("lane"),
        row.getInt("lanes"),
        row.getString("kind"),
        StreamMoments.moment(row, "started"),
        StreamMoments.moment(row, "ended"),
        row.getString("status"),
        row.getLong("windows"),
        row.getLong("records"),
        row.getLong("upserted"),
        row.getLong("unchanged"),
        row.getLong("deleted"),
        row.getLong("dead"),
        row.getLong("bytes"),
        id(row, "first_id"),
        id(row, "last_id"),
        id(row, "head"),
        row.getString("error"),
        row.getString("node"),
        row.getString("process"));
  }

  /** A run that asked nothing has −1. */
  private static Long id(ResultSet row, String column) throws SQLException {
    long id = row.getLong(column);
    return row.wasNull() || id < 0 ? null : id;
  }

  /** Returns how long it took, in milliseconds; null where its end is not known. */
  @JsonProperty
  public Long durationMs() {
    return ended == null ? null : Duration.between(started, ended).toMillis();
  }

  public boolean isRunning() {
    return status.equals("running");
  }

  /** Tells whether it may be under way in another process than this one. */
  public boolean isElsewhere() {
    return isRunning() && RunProcess.lifeOf(process) != RunProcess.Life.HERE;
  }

  /** Tells whether it has no end, if none of its stream's runs is under way. */
  public boolean isBrokenOff() {
    return isRunning() || state() == StreamState.BROKEN_OFF;
  }

  /** Returns it with another state. */
  StoredRun in(StreamState now) {
    return new StoredRun(
        run,
        stream,
        lane,
        lanes,
        kind,
        started,
        ended,
        now.text(),
        windows,
        records,
        upserted,
        unchanged,
        deleted,
        deadLetters,
        bytes,
        firstId,
        lastId,
        head,
        error,
        node,
        process);
  }

  public boolean isOf(RunKind name) {
    return kind.equals(name.text());
  }

  /** Returns the state in which it leaves its stream. */
  public StreamState state() {
    return StreamState.after(status);
  }
}
