package io.stepsync.bench.nodes;

import com.zaxxer.hikari.HikariDataSource;
import io.stepsync.bench.database.BenchDatabase;
import io.stepsync.bench.database.Sql;
import io.stepsync.demo.DemoData;
import io.stepsync.demo.DemoRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One copy of all records into a new database, by so many nodes. */
final class Round implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final Duration LONGEST_COPY = Duration.ofMinutes(30);

  private static final String RUNNING =
      "SELECT COUNT(*) FROM stepsync_run WHERE status = 'running'";

  /** Of each window, in the transaction of its rows and its checkpoint. */
  private static final String COPIED = "SELECT SUM(upserted) FROM stepsync_run";

  private final Nodes options;
  private final HeldApi api;
  private final HikariDataSource pool;
  private final List<Node> nodes = new ArrayList<>();

  Round(Nodes options, HeldApi api, BenchDatabase server, Path directory, int count)
      throws Exception {
    this.options = options;
    this.api = api;
    String name = directory.getFileName().toString();
    try (Connection connection = DriverManager.getConnection(server.url(), server.user(), "")) {
      Sql.execute(connection, "CREATE DATABASE " + name);
      server.settle(connection);
    }
    String url = server.url().replaceAll("/[^/]*$", "/" + name);
    pool = server.pool(url);
    for (int i = 1; i <= count; i++) {
      String properties = properties(url, server.user(), "node" + i);
      nodes.add(new Node(directory.resolve("node" + i), properties, stream()));
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

  private String stream() {
    return """
        - beans:
            - name: user
              type: io.stepsync.Stream
              properties:
                url: %s
                table: user
                primaryKey: id
                maxId: %d
                lanes: %d
                stepSize: %d
                fetchAhead: %d
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
              - { name: schedule, value: "* * * * * ?" }
        """
        .formatted(api.url(), options.records, options.lanes, options.step, options.fetchAhead);
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
    await(LONGEST_START, () -> number(RUNNING) == lanesAtOnce);
  }

  private void awaitCopied() throws InterruptedException {
    await(LONGEST_COPY, () -> number(COPIED) == options.records);
  }

  /** As if nothing had run, but for the table, which is there and empty. */
  private void startOver() throws Exception {
    Sql.execute(pool, "INSERT INTO stepsync_pause VALUES ('user', now())");
    TimeUnit.SECONDS.sleep(3); // firings that had begun find nothing to do
    Sql.execute(pool, "TRUNCATE \"user\", stepsync_state, stepsync_run, stepsync_window");
    Sql.execute(pool, "VACUUM ANALYZE", "CHECKPOINT");
    api.shut();
    Sql.execute(pool, "DELETE FROM stepsync_pause");
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
    DemoData data = api.data();
    long rows = 0;
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false); // or all rows are fetched at once
      statement.setFetchSize(10_000);
      try (ResultSet row = statement.executeQuery("SELECT * FROM \"user\"")) {
        while (row.next()) {
          checkRow(row, data.record(row.getLong("id")));
          rows++;
        }
      }
    }
    if (rows != options.records) {
      throw new IllegalStateException("there are " + rows + " rows, not " + options.records);
    }
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
