package io.stepsync.bench.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** HSQLDB in this process, with a file, set as stepsync sets it. */
final class HsqldbDatabase implements BenchDatabase {

  private final String url;

  HsqldbDatabase(Path directory) throws SQLException {
    url = "jdbc:hsqldb:file:" + directory.resolve("hsqldb/bench");
    execute(
        "SET FILES WRITE DELAY FALSE",
        "SET DATABASE TRANSACTION CONTROL MVCC",
        "SET DATABASE COLLATION SQL_TEXT NO PAD");
  }

  @Override
  public String name() {
    return "hsqldb";
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public String user() {
    return "SA";
  }

  @Override
  public Object time(String text) {
    return OffsetDateTime.parse(text);
  }

  @Override
  public ArrayTypes arrayTypes() {
    return new ArrayTypes("VARCHAR", "TIMESTAMP WITH TIME ZONE");
  }

  @Override
  public void settle(Connection connection) throws SQLException {
    Sql.execute(connection, "CHECKPOINT DEFRAG");
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user(), "")) {
      Sql.execute(connection, statements);
    }
  }

  @Override
  public void close() throws SQLException {
    execute("SHUTDOWN");
  }
}
