package io.stepsync.store.history;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** The windows that stepsync_window has, of runs that are kept. Thread-safe. */
public final class StoredWindows {

  private static final String OF_RUN =
      "SELECT first_id, last_id, records, ms, attempts FROM stepsync_window WHERE run = ?";

  private static final String SUMS =
      """
      SELECT MIN(w.first_id), MAX(w.last_id), SUM(w.records), SUM(w.last_id - w.first_id + 1)
      FROM stepsync_window w JOIN stepsync_run r ON r.run = w.run
      WHERE r.stream = ? AND w.first_id BETWEEN ? AND ?
      GROUP BY FLOOR((w.first_id - ?) / ?), FLOOR((w.last_id - ?) / ?)""";

  private static final String LATENCIES =
      """
      SELECT w.run, SUM(ms) / SUM(attempts), MAX(ms / attempts)
      FROM stepsync_window w JOIN stepsync_run r ON r.run = w.run
      WHERE r.stream = ? AND r.started >= ? AND attempts > 0
      GROUP BY w.run""";

  private final JdbcTemplate sql;

  public StoredWindows(JdbcTemplate sql) {
    this.sql = sql;
  }

  /**
   * A row of stepsync_window. The names are those of {@code --json}, and stay.
   *
   * @param ms how long the answer took, with retries and waits
   * @param attempts the requests that were made for it
   */
  public record StoredWindow(
      int lane, long firstId, long lastId, long records, long ms, int attempts) {}

  /** Returns the windows of a run, in no order. */
  public List<StoredWindow> of(StoredRun run) {
    return sql.query(
        OF_RUN,
        (row, number) ->
            new StoredWindow(
                run.lane(),
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getInt(5)),
        run.run());
  }

  /** Takes windows that reach from one cell to another, as a sum. */
  public interface SumReader {

    /**
     * Takes one sum.
     *
     * @param firstId the first ID of them
     * @param lastId the last ID of them
     * @param records the records of all of them
     * @param ids the IDs of all of them, at least 1; more than there are if they were asked again
     */
    void sum(long firstId, long lastId, long records, double ids);
  }

  /**
   * Gives {@code reader} the windows of a stream's runs that begin in a range of IDs, which is cut
   * into cells of {@code width} IDs: one call for those that reach from the same cell to the same.
   */
  public void sums(String stream, long firstId, long lastId, long width, SumReader reader) {
    RowCallbackHandler add =
        row -> reader.sum(row.getLong(1), row.getLong(2), row.getLong(3), row.getDouble(4));
    sql.query(SUMS, add, stream, firstId, lastId, firstId, width, firstId, width);
  }

  /** How long requests took, in milliseconds; of those that one window needed, their mean. */
  public record Latency(long meanMillis, long longestMillis) {}

  /** Returns those of the requests of a stream's runs since a moment, by the runs' IDs. */
  public Map<String, Latency> latencies(String stream, Instant since) {
    Map<String, Latency> byRun = new HashMap<>();
    RowCallbackHandler add =
        row -> byRun.put(row.getString(1), new Latency(row.getLong(2), row.getLong(3)));
    sql.query(LATENCIES, add, stream, Timestamp.from(since));
    return byRun;
  }
}
