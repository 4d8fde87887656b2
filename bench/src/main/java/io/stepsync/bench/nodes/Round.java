package io.stepsync.bench.nodes;

import com.zaxxer.hikari.HikariDataSource;
import io.stepsync.bench.database.BenchDatabase;
import io.stepsync.bench.database.Sql;
import io.stepsync.demo.DemoData;
import io.stepsync.demo.DemoRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One copy of all records into a new database, by so many nodes. */
final class Round implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final Duration LONGEST_COPY = Duration.ofMinutes(30);

  private final Nodes options;
  private final HeldApi api;
  private final HikariDataSource pool;
  private final List<Node> nodes = new ArrayList<>();

  Round(Nodes options, HeldApi api, BenchDatabase server, Path directory, int count)
      throws Exception {
    this.options = options;
    this.api = api;
    String name = directory.getFileName().toString();
    try (Connection connection =
        java.sql.DriverManager.getConnection(server.url(), server.user(), "")) {
      Sql.execute(connection, "CREATE DATABASE " + name);
      server.settle(connection);
    }
    String url = server.url().replaceAll("/[^/]*$", "/" + name);
    pool = server.pool(url);
    for (int i = 1; i <= count; i++) {
      String properties = properties(url, server.user(), "node" + i);
      nodes.add(new Node(directory.resolve("node" + i), properties, streams()));
    }
  }

  private String properties(String url, String user, String node) {
    return """
        stepsync.datasource.url=%s
        stepsync.datasource.username=%s
        stepsync.datasource.password=any
        stepsync.cluster.enabled=true
        stepsync.cluster.node=%s
        stepsync.cluster.threads=%d
        stepsync.history.runs=1000000
        stepsync.page.port=0
        stepsync.demo.enabled=false
        """
        .formatted(url, user, node, options.threads);
  }

  private Map<String, String> streams() {
    Map<String, String> streams = new LinkedHashMap<>();
    for (int i = 0; i < options.lanes; i++) {
      String file =
          """
          - beans:
              - name: s%1$d
                type: io.stepsync.Stream
                properties:
                  url: %2$s
                  table: s%1$d
                  primaryKey: id
                  initialId: %3$d
                  maxId: %4$d
                  stepSize: %5$d
                  %6$s
                  columns: "id: STRING, name: STRING, email: STRING, address: STRING, company: STRING, job: STRING, updatedAt: UTC_DATETIME, createdAt: UTC_DATETIME"
          - templatedRoute:
              routeTemplateRef: step-size-sync
              routeId: s%1$d-sync
              parameters:
                - { name: stream, value: s%1$d }
                - { name: schedule, value: "* * * * * ?" }
          """
              .formatted(
                  i,
                  api.url(),
                  (long) options.records * i / options.lanes + 1,
                  (long) options.records * (i + 1) / options.lanes,
                  options.step,
                  options.fetchAhead < 0 ? "" : "fetchAhead: " + options.fetchAhead);
      streams.put("s" + i, file);
    }
    return streams;
  }

  /**
   * Lets the nodes copy, from the first answer to the last row. They have copied all before, from
   * an API that answered at once, so that Java has compiled what they run.
   */
  Result run() throws Exception {
    awaitHeld();
    api.open(0);
    awaitCopied();
    startOver();
    awaitHeld();
    Cpu cpu = new Cpu(nodes.stream().map(Node::process).toList(), pool);
    long started = System.nanoTime();
    api.open(options.latencyMillis);
    awaitCopied();
    double seconds = (System.nanoTime() - started) / 1e9;
    Result result = new Result(seconds, api.requests(), cpu.since());
    for (Node node : nodes) {
      node.check();
    }
    checkRows();
    return result;
  }

  private void awaitHeld() throws InterruptedException {
    int lanesAtOnce = Math.min(options.lanes, nodes.size() * options.threads);
    await(LONGEST_START, () -> lanesAsked() == lanesAtOnce);
  }

  private void awaitCopied() throws InterruptedException {
    await(LONGEST_COPY, () -> number("SELECT SUM(upserted) FROM stepsync_run") >= options.records);
  }

  /** As if nothing had run, but for the table, which is there and empty. */
  private void startOver() throws Exception {
    Sql.execute(
        pool, "INSERT INTO stepsync_pause SELECT DISTINCT stream, now() FROM stepsync_state");
    TimeUnit.SECONDS.sleep(3); // firings that had begun find nothing to do
    Sql.execute(pool, "TRUNCATE stepsync_state, stepsync_run, stepsync_window, " + tables());
    Sql.execute(pool, "VACUUM ANALYZE", "CHECKPOINT");
    api.shut();
    Sql.execute(pool, "DELETE FROM stepsync_pause");
  }

  private String tables() {
    return java.util.stream.IntStream.range(0, options.lanes)
        .mapToObj(i -> "s" + i)
        .collect(java.util.stream.Collectors.joining(", "));
  }

  private long lanesAsked() {
    return api.firstIds().stream()
        .map(id -> (id - 1) * options.lanes / options.records)
        .distinct()
        .count();
  }

  private long number(String query) {
    try {
      return Sql.number(pool, query);
    } catch (SQLException e) {
      return 0; // the first node is yet to make the tables
    }
  }

  private static void await(Duration longest, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("waited in vain for " + longest.toMinutes() + " min");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void checkRows() throws SQLException {
    long rows = 0;
    for (int i = 0; i < options.lanes; i++) {
      rows += equalRows("s" + i);
    }
    if (rows != options.records) {
      throw new IllegalStateException("there are " + rows + " rows, not " + options.records);
    }
  }

  private long equalRows(String table) throws SQLException {
    DemoData data = api.data();
    long rows = 0;
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false); // or all rows are fetched at once
      statement.setFetchSize(10_000);
      try (ResultSet row = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
        while (row.next()) {
          checkRow(row, data.record(row.getLong("id")));
          rows++;
        }
      }
    }
    return rows;
  }

  private static void checkRow(ResultSet row, DemoRecord record) throws SQLException {
    if (!row.getString("name").equals(record.name())
        || !row.getString("email").equals(record.email())
        || !row.getString("address").equals(record.address())
        || !row.getString("company").equals(record.company())
        || !row.getString("job").equals(record.job())) {
      throw new IllegalStateException("row " + record.id() + " is not what the API answered");
    }
  }

  @Override
  public void close() throws Exception {
    for (Node node : nodes) {
      node.close();
    }
    pool.close();
    api.shut();
  }

  /** What was measured. */
  record Result(double seconds, long requests, Cpu.Shares cpu) {}
}
