package io.stepsync.bench.rival;

import com.zaxxer.hikari.HikariDataSource;
import io.stepsync.bench.database.BenchDatabase;
import io.stepsync.bench.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A rival's table, and the row of its state: the first ID of the next window. */
final class Target implements AutoCloseable {

  static final String SAVE_STATE = "UPDATE bench_state SET next_id = ? WHERE rival = ?";

  private final BenchDatabase database;
  private final HikariDataSource pool;
  private final String rival;
  private final Sql sql;

  /** Makes table and state. */
  Target(Setup setup, String rival, String jdbcUrl) throws SQLException {
    this.database = setup.database();
    this.pool = database.pool(jdbcUrl);
    this.rival = rival;
    this.sql = database.sql("bench_" + rival.replace('-', '_'));
    Sql.execute(
        pool,
        "CREATE TABLE IF NOT EXISTS bench_state"
            + " (rival VARCHAR(40) PRIMARY KEY, next_id BIGINT NOT NULL)",
        "INSERT INTO bench_state (rival, next_id) VALUES ('" + rival + "', 1)",
        sql.text("create-table"));
  }

  HikariDataSource pool() {
    return pool;
  }

  Sql sql() {
    return sql;
  }

  String rival() {
    return rival;
  }

  void empty() throws SQLException {
    Sql.execute(pool, database.emptying(sql.table()));
    rewind();
  }

  void rewind() throws SQLException {
    Sql.execute(pool, "UPDATE bench_state SET next_id = 1 WHERE rival = '" + rival + "'");
  }

  /** Counts only rows that have a value in the last column. */
  long count() throws SQLException {
    boolean plain = sql.database().equals("mariadb") || sql.database().equals("mysql");
    String column = plain ? "createdAt" : "\"createdAt\"";
    return Sql.number(pool, "SELECT COUNT(" + column + ") FROM " + sql.table());
  }

  long nextId() throws SQLException {
    return Sql.number(pool, "SELECT next_id FROM bench_state WHERE rival = '" + rival + "'");
  }

  void saveState(Connection connection, long nextId) throws SQLException {
    try (PreparedStatement save = connection.prepareStatement(SAVE_STATE)) {
      save.setLong(1, nextId);
      save.setString(2, rival);
      save.executeUpdate();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
