package io.stepsync.routes;

import io.stepsync.jdbc.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * A database that a test has for itself.
 *
 * @param url what a user would write into application.properties
 * @param testUrl how the test itself looks at what was written, with names in double quotes
 */
public record TestDatabase(String url, String testUrl, String username, String password) {

  /** An HSQLDB file in a directory. */
  static TestDatabase hsqldb(Path directory) {
    String url = "jdbc:hsqldb:file:" + directory.resolve("data/stepsync");
    // Without its lock file HSQLDB does not wait for a killed process to be believed dead.
    return new TestDatabase(url + ";hsqldb.lock_file=false", url, "SA", "");
  }

  /** An SQLite file in a directory. */
  static TestDatabase sqlite(Path directory) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("data"));
    String url = "jdbc:sqlite:" + folder.resolve("copy.db");
    return new TestDatabase(url, url, "", "");
  }

  /** Returns the same as a user sees it who added {@code options}, from ? on, to its URL. */
  TestDatabase with(String options) {
    String more = url.contains("?") ? options.replaceFirst("[?]", "&") : options;
    return new TestDatabase(url + more, testUrl, username, password);
  }

  /** Returns a statement of a test as the database takes it: SQLite has no literals of moments. */
  String written(String sql) {
    return testUrl.startsWith("jdbc:sqlite:") ? sql.replace("timestamp '", "'") : sql;
  }

  Map<String, String> properties() {
    return Map.of(
        "stepsync.datasource.url", url,
        "stepsync.datasource.username", username,
        "stepsync.datasource.password", password);
  }

  public Connection connect() throws SQLException {
    return Dialects.of(testUrl).adapted(DriverManager.getConnection(testUrl, username, password));
  }

  /** An HSQLDB file has one process at a time. */
  boolean isShutDownAfterUse() {
    return testUrl.startsWith("jdbc:hsqldb:file:");
  }
}
