package io.stepsync.bench.nodes;

import com.zaxxer.hikari.HikariDataSource;
import io.stepsync.bench.database.BenchDatabase;
import io.stepsync.bench.database.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * A stream that was copied once, and is refreshed without end by a process of its own; alone, or
 * beside syncs, for which the API has a new record each half second. Used by one thread.
 */
final class RefreshedStream implements AutoCloseable {

  private static final String NEVER = "0 0 0 1 1 ? 2099";
  private static final String EACH_SECOND = "* * * * * ?";
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final long BETWEEN_RECORDS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final String REFRESHES =
      "SELECT COUNT(*) FROM stepsync_run WHERE kind = 'refresh' AND status = 'caught_up'";

  /** Of the last refresh that ended, from the start of its first part on. */
  private static final String MILLIS =
      """
      SELECT CAST(1000 * EXTRACT(EPOCH FROM MAX(ended) - MIN(started)) AS BIGINT) FROM stepsync_run
      WHERE kind = 'refresh' AND status <> 'running'
        AND started > (SELECT ended FROM stepsync_run WHERE kind = 'refresh'
          AND status = 'caught_up' ORDER BY ended DESC LIMIT 1 OFFSET 1)
        AND ended <= (SELECT MAX(ended) FROM stepsync_run WHERE kind = 'refresh'
          AND status = 'caught_up')""";

  private static final String SYNCS =
      """
      SELECT COUNT(*) FROM stepsync_run WHERE kind = 'sync' AND started > (
        SELECT ended FROM stepsync_run WHERE kind = 'refresh'
        AND status = 'caught_up' ORDER BY ended DESC LIMIT 1 OFFSET 1)""";

  private final HeldApi api;
  private final int rows;
  private final Path directory;
  private final String url;
  private final String user;
  private final HikariDataSource pool;
  private int processes;
  private long newest;

  /**
   * What was measured of a refresh, and of the records that came meanwhile; 0 where there were
   * none.
   */
  record Result(double seconds, long syncs, double oldestSeconds) {}

  /**
   * Copies the stream.
   *
   * @param rows the records that the API has at first
   */
  RefreshedStream(HeldApi api, int rows, BenchDatabase server, Path directory) throws Exception {
    this.api = api;
    this.rows = rows;
    this.directory = directory;
    this.user = server.user();
    try (Connection connection = DriverManager.getConnection(server.url(), user, "")) {
      Sql.execute(connection, "CREATE DATABASE refreshed");
    }
    url = server.url().replaceAll("/[^/]*$", "/refreshed");
    pool = server.pool(url);
    newest = rows;
    try (Node node = node("0/5 * * * * ?", null)) {
      await(node, () -> number("SELECT MAX(current_id) FROM stepsync_state") == newest + 1);
    }
  }

  private Node node(String schedule, String refreshSchedule) throws IOException {
    return new Node(
        directory.resolve("process" + processes++),
        properties(),
        stream(schedule, refreshSchedule));
  }

  private String properties() {
    return """
        stepsync.datasource.url=%s
        stepsync.datasource.username=%s
        stepsync.datasource.password=any
        stepsync.history.runs=1000000
        stepsync.page.port=0
        stepsync.demo.enabled=false
        """
        .formatted(url, user);
  }

  private String stream(String schedule, String refreshSchedule) {
    return """
        - beans:
            - name: user
              type: io.stepsync.Stream
              properties:
                url: %s
                table: user
                primaryKey: id
                maxId: %d
                deletes: soft
                %s
                columns: |
                  id: STRING
                  name: STRING
                  email: STRING
                  address: STRING
                  company: STRING
                  job: STRING
                  updatedAt: UTC_DATETIME
                  createdAt: UTC_DATETIME
        - templatedRoute:
            routeTemplateRef: step-size-sync
            routeId: user-sync
            parameters:
              - { name: stream, value: user }
              - { name: schedule, value: "%s" }
        """
        .formatted(
            api.url(),
            rows + 2000,
            refreshSchedule == null ? "" : "refreshSchedule: \"" + refreshSchedule + "\"",
            schedule);
  }

  /** Measures the second refresh of a process, as Java compiles in the first; no sync runs. */
  Result alone() throws Exception {
    try (Node node = node(NEVER, EACH_SECOND)) {
      long before = number(REFRESHES);
      await(node, () -> number(REFRESHES) >= before + 2);
      return new Result(number(MILLIS) / 1000.0, number(SYNCS), 0);
    }
  }

  /** As {@link #alone}, with a sync each five seconds. */
  Result besideSyncs() throws Exception {
    try (Node node = node("0/5 * * * * ?", EACH_SECOND)) {
      Arrivals arrivals = new Arrivals();
      long before = number(REFRESHES);
      await(node, () -> arrivals.look() && number(REFRESHES) >= before + 1);
      arrivals.oldest = 0;
      await(node, () -> arrivals.look() && number(REFRESHES) >= before + 2);
      return new Result(number(MILLIS) / 1000.0, number(SYNCS), arrivals.oldest / 1e9);
    }
  }

  /** New records, one after the other, and how old they were when their rows were there. */
  private final class Arrivals {

    private final Deque<Long> revealed = new ArrayDeque<>();
    private long next = newest + 1;
    private long oldest;

    boolean look() throws SQLException {
      long now = System.nanoTime();
      if ((revealed.isEmpty() || now - revealed.getLast() >= BETWEEN_RECORDS)
          && newest < rows + 1999) {
        newest++;
        api.reveal(newest);
        revealed.add(now);
      }
      while (!revealed.isEmpty()
          && number("SELECT COUNT(*) FROM \"user\" WHERE \"id\" = '" + next + "'") == 1) {
        oldest = Math.max(oldest, System.nanoTime() - revealed.remove());
        next++;
      }
      if (!revealed.isEmpty()) {
        oldest = Math.max(oldest, System.nanoTime() - revealed.peek());
      }
      return true;
    }
  }

  /** What is waited for. */
  private interface Condition {
    boolean isTrue() throws SQLException;
  }

  private void await(Node node, Condition condition) throws Exception {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!isTrue(condition)) {
      node.checkAlive();
      if (System.nanoTime() > end) {
        throw new IllegalStateException("waited in vain for " + LONGEST.toMinutes() + " min");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static boolean isTrue(Condition condition) {
    try {
      return condition.isTrue();
    } catch (SQLException e) {
      return false; // the process is yet to make the tables
    }
  }

  private long number(String query) throws SQLException {
    return Sql.number(pool, query);
  }

  @Override
  public void close() {
    pool.close();
  }
}
