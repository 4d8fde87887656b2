package io.stepsync.bench.rival;

import com.zaxxer.hikari.HikariDataSource;
import io.stepsync.bench.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A rival's table, and the row of its state: the first ID of the next window. */
final class Target implements AutoCloseable {

  static final String SAVE_STATE = "UPDATE bench_state SET next_id = ? WHERE rival = ?";

  private final HikariDataSource pool;
  private final String rival;
  private final Sql sql;

  /** Makes table and state. */
  Target(Setup setup, String rival, String jdbcUrl) throws SQLException {
    this.pool = setup.database().pool(jdbcUrl);
    this.rival = rival;
    this.sql = setup.database().sql("bench_" + rival.replace('-', '_'));
    execute(
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
    execute("TRUNCATE TABLE " + sql.table());
    rewind();
  }

  void rewind() throws SQLException {
    execute("UPDATE bench_state SET next_id = 1 WHERE rival = '" + rival + "'");
  }

  /** Counts only rows that have a value in the last column. */
  long count() throws SQLException {
    String column = sql.database().equals("mariadb") ? "createdAt" : "\"createdAt\"";
    return number("SELECT COUNT(" + column + ") FROM " + sql.table());
  }

  long nextId() throws SQLException {
    return number("SELECT next_id FROM bench_state WHERE rival = '" + rival + "'");
  }

  void saveState(Connection connection, long nextId) throws SQLException {
    try (PreparedStatement save = connection.prepareStatement(SAVE_STATE)) {
      save.setLong(1, nextId);
      save.setString(2, rival);
      save.executeUpdate();
    }
  }

  private long number(String query) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      Sql.execute(connection, statements);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
