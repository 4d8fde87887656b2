package io.stepsync;

import io.stepsync.http.RequestSettings;
import io.stepsync.jdbc.Column;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.window.ScanSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * A stream's settings, checked.
 *
 * <p>Immutable.
 *
 * @param name the stream's name
 * @param request how a window is asked
 * @param scan which windows are asked
 * @param table where the records go
 * @param refresh when and how all IDs below the checkpoint are read again
 * @param restartOnReset whether a run starts over where the API's highest ID is below the
 *     checkpoint
 * @param fetchAhead the windows that are asked for while one is written, 0 to 64
 * @param lanes the parts of the stream's IDs that run side by side, 1 to 1000
 * @param maxDeadLetters the dead letters of a run above which it fails, at least 0
 * @param maxBackoff the longest pause of a stream whose runs fail one after the other, at least 0
 * @param maxLag how long ago the stream may have been caught up, more than 0; null for no limit
 * @param transform the endpoint that makes another record of each; null for none
 * @param sink the endpoint that takes a window's records
 * @param recordSink the endpoint that takes them one by one, behind {@code sink}; null for none
 */
public record StreamSettings(
    String name,
    RequestSettings request,
    ScanSettings scan,
    TableSettings table,
    RefreshSettings refresh,
    boolean restartOnReset,
    int fetchAhead,
    int lanes,
    long maxDeadLetters,
    Duration maxBackoff,
    Duration maxLag,
    String transform,
    String sink,
    String recordSink) {

  private static final int MOST_AHEAD = 64;
  private static final int MOST_LANES = 1000;

  /**
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public StreamSettings {
    if (fetchAhead < 0 || fetchAhead > MOST_AHEAD) {
      throw new IllegalArgumentException(
          "fetchAhead must be 0 to " + MOST_AHEAD + ", was " + fetchAhead);
    }
    if (lanes < 1 || lanes > MOST_LANES) {
      throw new IllegalArgumentException("lanes must be 1 to " + MOST_LANES + ", was " + lanes);
    }
    if (maxDeadLetters < 0) {
      throw new IllegalArgumentException("maxDeadLetters must be >= 0, was " + maxDeadLetters);
    }
    if (maxBackoff == null || maxBackoff.isNegative()) {
      throw new IllegalArgumentException("maxBackoff must be >= 0, was " + maxBackoff);
    }
    if (maxLag != null && (maxLag.isNegative() || maxLag.isZero())) {
      throw new IllegalArgumentException("maxLag must be > 0, was " + maxLag);
    }
    if (transform != null && transform.isBlank()) {
      throw new IllegalArgumentException("transform must be an endpoint, was empty");
    }
    if (sink == null || sink.isBlank()) {
      throw new IllegalArgumentException("sink must be set");
    }
    if (recordSink != null && recordSink.isBlank()) {
      throw new IllegalArgumentException("recordSink must be an endpoint, was empty");
    }
  }

  /** Returns the column that holds a record's ID exactly, if the table has one. */
  public Optional<Column> columnOfIds() {
    return table.idColumn(request.format().id());
  }

  /** Returns where the records go, without secrets, for people. */
  public String shownTarget() {
    if (table.hasTable()) {
      return "table " + table.table();
    }
    String endpoint = recordSink != null ? recordSink : sink;
    return endpoint.split("\\?", 2)[0].replaceAll("//[^/@]*@", "//");
  }
}
