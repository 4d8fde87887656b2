package io.stepsync.ops;

import io.stepsync.camel.Run;
import io.stepsync.camel.RunKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A user's directory: application.properties, streams, and the database that they fill. */
final class Workspace {

  static final String USER_COLUMNS =
      "id: STRING, name: STRING, email: STRING, address: STRING, company: STRING, job: STRING,"
          + " updatedAt: UTC_DATETIME, createdAt: UTC_DATETIME";

  private final Path directory;
  private final TestDatabase database;

  /** A directory with an HSQLDB file of its own. */
  Workspace(Path directory) throws IOException {
    this(directory, TestDatabase.hsqldb(directory));
  }

  Workspace(Path directory, TestDatabase database) throws IOException {
    this.directory = directory;
    this.database = database;
    write(database.properties());
    Files.createDirectories(directory.resolve("routes/streams"));
  }

  private void write(Map<String, String> properties) throws IOException {
    List<String> lines =
        new ArrayList<>(List.of("stepsync.demo.enabled=false", "stepsync.page.enabled=false"));
    properties.forEach((key, value) -> lines.add(key + "=" + value));
    Files.write(directory.resolve("application.properties"), lines);
  }

  Path directory() {
    return directory;
  }

  /** Sets a key of application.properties. */
  Workspace property(String key, String value) throws IOException {
    Files.writeString(
        directory.resolve("application.properties"),
        key + "=" + value + "\n",
        StandardOpenOption.APPEND);
    return this;
  }

  /** Writes a stream file; {@code settings} are lines of {@code name: value}. */
  Workspace stream(String name, String settings) throws IOException {
    Files.writeString(
        directory.resolve("routes/streams/" + name + ".camel.yaml"),
        """
        - beans:
            - name: %1$s
              type: io.stepsync.Stream
              properties:
        %2$s
        - templatedRoute:
            routeTemplateRef: step-size-sync
            routeId: %1$s-sync
            parameters:
              - { name: stream, value: %1$s }
              - { name: schedule, value: "0 0 0 1 1 ? 2099" }
        """
            .formatted(name, settings.strip().indent(8).stripTrailing()));
    return this;
  }

  /** Replaces text in a stream file, as a user would. */
  void edit(String name, String text, String replacement) throws IOException {
    Path file = directory.resolve("routes/streams/" + name + ".camel.yaml");
    Files.writeString(file, Files.readString(file).replace(text, replacement));
  }

  /** Writes the stream {@code user} of the ancestor, with {@code more} settings. */
  Workspace userStream(String url, String more) throws IOException {
    return stream(
        "user",
        """
        url: %s
        table: user
        primaryKey: id
        columns: "%s"
        %s
        """
            .formatted(url, USER_COLUMNS, more));
  }

  /** Runs a stream once, in this JVM. */
  Run sync(String stream) throws Exception {
    return run(stream, RunKind.SYNC);
  }

  /** Reads all of a stream below its checkpoint again, in this JVM. */
  Run refresh(String stream) throws Exception {
    return run(stream, RunKind.REFRESH);
  }

  private Run run(String stream, RunKind kind) throws Exception {
    return new Standalone(directory)
        .withoutTriggers(context -> Standalone.run(context, stream, kind));
  }

  /** Runs what the command line would, in this JVM, but for its output. */
  Standalone load() {
    return new Standalone(directory);
  }

  /** Returns the rows of a query, each as its values with blanks between. */
  List<String> query(String sql) throws SQLException {
    return inDatabase(statement -> rows(statement, sql));
  }

  /** Returns the only value of a query. */
  <T> T value(String sql, Class<T> type) throws SQLException {
    return inDatabase(
        statement -> {
          try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getObject(1, type);
          }
        });
  }

  /** Carries out a statement. */
  void execute(String sql) throws SQLException {
    inDatabase(statement -> statement.execute(sql));
  }

  private <T> T inDatabase(Work<T> work) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      T result = work.with(statement);
      if (database.isShutDownAfterUse()) {
        statement.execute("SHUTDOWN");
      }
      return result;
    }
  }

  /** What is done with an open database. */
  private interface Work<T> {
    T with(Statement statement) throws SQLException;
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        StringBuilder row = new StringBuilder(String.valueOf(result.getObject(1)));
        for (int i = 2; i <= result.getMetaData().getColumnCount(); i++) {
          row.append(' ').append(result.getObject(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
