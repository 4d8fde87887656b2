package io.stepsync.page.runs;

import io.stepsync.http.ShownText;
import io.stepsync.store.RunKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;

/**
 * A run as the page shows it. Times are milliseconds since 1970, IDs are text: JavaScript's numbers
 * end at 2<sup>53</sup>.
 *
 * @param run its ID
 * @param lane the lane that it ran
 * @param lanes how many the stream had then, as far as the run knew
 * @param kind sync, refresh or retry
 * @param status as in stepsync_run: running, caught_up, paused, failed or broken_off
 * @param ended null while it goes on
 * @param firstId the first ID asked; null for none
 * @param lastId the last ID asked; null for none
 * @param error null unless it failed
 * @param node on which node of a cluster it ran; null where there was none
 */
public record RunRow(
    String run,
    String stream,
    int lane,
    int lanes,
    String kind,
    String status,
    long started,
    Long ended,
    long windows,
    long records,
    long upserted,
    long unchanged,
    long deleted,
    long dead,
    String firstId,
    String lastId,
    String head,
    String error,
    String node) {

  /** Reads a row of stepsync_run. */
  public static RunRow of(ResultSet row, int number) throws SQLException {
    return new RunRow(
        row.getString("run"),
        row.getString("stream"),
        row.getInt("lane"),
        row.getInt("lanes"),
        row.getString("kind"),
        row.getString("status"),
        row.getTimestamp("started").getTime(),
        millis(row.getTimestamp("ended")),
        row.getLong("windows"),
        row.getLong("records"),
        row.getLong("upserted"),
        row.getLong("unchanged"),
        row.getLong("deleted"),
        row.getLong("dead"),
        id(row.getString("first_id")),
        id(row.getString("last_id")),
        row.getString("head"),
        harmless(row.getString("error")),
        harmless(row.getString("node")));
  }

  private static String harmless(String text) {
    return text == null ? null : ShownText.harmless(text);
  }

  private static Long millis(Timestamp time) {
    return time == null ? null : time.getTime();
  }

  /** Before its first window a run has −1. */
  private static String id(String text) {
    return "-1".equals(text) ? null : text;
  }

  /** Tells whether it has no end, if none of its stream's runs is under way. */
  boolean isBrokenOff() {
    return hasStatus("running") || hasStatus("broken_off");
  }

  boolean isOf(RunKind name) {
    return kind.equals(name.text());
  }

  boolean hasStatus(String name) {
    return status.equals(name);
  }
}
