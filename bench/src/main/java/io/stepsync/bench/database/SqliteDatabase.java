package io.stepsync.bench.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** An SQLite file, set as stepsync sets it. */
final class SqliteDatabase implements BenchDatabase {

  private final String url;

  SqliteDatabase(Path directory) {
    url =
        "jdbc:sqlite:"
            + directory.resolve("bench.db")
            + "?journal_mode=WAL&synchronous=FULL&transaction_mode=IMMEDIATE&busy_timeout=60000";
  }

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public String user() {
    return "";
  }

  /** A text, as SQLite has no type for a moment. */
  @Override
  public Object time(String text) {
    return text.replace('T', ' ').replace("Z", ".000000");
  }

  @Override
  public void settle(Connection connection) throws SQLException {
    Sql.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)", "ANALYZE");
  }

  @Override
  public String emptying(String table) {
    return "DELETE FROM " + table;
  }

  @Override
  public void close() {}
}
