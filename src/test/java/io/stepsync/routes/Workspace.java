package io.stepsync.routes;

import io.stepsync.main.Standalone;
import io.stepsync.run.Run;
import io.stepsync.steps.RouteCall;
import io.stepsync.store.RunKind;
import io.stepsync.verify.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/** A user's directory: application.properties, streams, and the database that they fill. */
public final class Workspace {

  static final String USER_COLUMNS =
      "id: STRING, name: STRING, email: STRING, address: STRING, company: STRING, job: STRING,"
          + " updatedAt: UTC_DATETIME, createdAt: UTC_DATETIME";

  /** The schedule of a stream that has no other. */
  static final String NEVER = "0 0 0 1 1 ? 2099";

  private final Path directory;
  private final TestDatabase database;

  /** A directory with an HSQLDB file of its own. */
  public Workspace(Path directory) throws IOException {
    this(directory, TestDatabase.hsqldb(directory));
  }

  public Workspace(Path directory, TestDatabase database) throws IOException {
    this.directory = directory;
    this.database = database;
    write(database.properties());
    Files.createDirectories(directory.resolve("routes/streams"));
  }

  private void write(Map<String, String> properties) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "stepsync.demo.enabled=false",
                "stepsync.page.enabled=false",
                "stepsync.page.port=0")); // of metrics and health, too
    properties.forEach((key, value) -> lines.add(key + "=" + value));
    Files.write(directory.resolve("application.properties"), lines);
  }

  Path directory() {
    return directory;
  }

  /** Sets a key of application.properties. */
  public Workspace property(String key, String value) throws IOException {
    Path file = directory.resolve("application.properties");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.removeIf(line -> line.startsWith(key + "="));
    lines.add(key + "=" + value);
    Files.write(file, lines);
    return this;
  }

  /** Writes a stream file; {@code settings} are lines of {@code name: value}. */
  public Workspace stream(String name, String settings) throws IOException {
    return stream(name, settings, NEVER);
  }

  /** As {@link #stream(String, String)}, with a Quartz cron expression. */
  public Workspace stream(String name, String settings, String schedule) throws IOException {
    write("routes/streams/" + name + ".camel.yaml", streamFile(name, settings, schedule));
    return this;
  }

  /** Returns what a stream's file holds. */
  static String streamFile(String name, String settings, String schedule) {
    return """
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
          - { name: schedule, value: "%3$s" }
    """
        .formatted(name, settings.strip().indent(8).stripTrailing(), schedule);
  }

  /** As {@link #streamFile}, with a plain route for the trigger. */
  static String plainTrigger(String name, String settings, String schedule) {
    return """
        - beans:
            - name: %1$s
              type: io.stepsync.Stream
              properties:
        %2$s
        - route:
            id: %1$s-sync
            from:
              uri: quartz:stepsync/%1$s/0
              parameters: { cron: "%3$s", stateful: true, recoverableJob: true, trigger.misfireInstruction: 1 }
              steps:
                - setVariable: { name: stream, constant: %1$s }
                - to: direct:stepsync-scheduled-run
        """
        .formatted(name, settings.strip().indent(8).stripTrailing(), schedule);
  }

  /** Writes a file as a whole: whoever looks finds what was there before, or all that is now. */
  Path write(String file, String text) throws IOException {
    Path target = directory.resolve(file);
    Files.createDirectories(target.getParent());
    Path whole = Files.writeString(Files.createTempFile(directory, "written", ".tmp"), text);
    return Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Replaces text in a stream file, as a user would. */
  public void edit(String name, String text, String replacement) throws IOException {
    String file = "routes/streams/" + name + ".camel.yaml";
    write(file, Files.readString(directory.resolve(file)).replace(text, replacement));
  }

  /** Writes the stream {@code user} of the ancestor, with {@code more} settings. */
  public Workspace userStream(String url, String more) throws IOException {
    return stream("user", userSettings(url, more));
  }

  /** Returns the settings of the stream {@code user} of the ancestor, with {@code more}. */
  static String userSettings(String url, String more) {
    return """
    url: %s
    table: user
    primaryKey: id
    columns: "%s"
    %s
    """
        .formatted(url, USER_COLUMNS, more);
  }

  /** Runs a stream once, in this JVM. */
  public Run sync(String stream) throws Exception {
    return run(stream, RunKind.SYNC);
  }

  /** Reads all of a stream below its checkpoint again, in this JVM. */
  Run refresh(String stream) throws Exception {
    return run(stream, RunKind.REFRESH);
  }

  Run run(String stream, RunKind kind) throws Exception {
    return new Standalone(directory)
        .withoutTriggers(context -> Standalone.run(context, stream, kind));
  }

  /** Compares all of a stream's table with what its API has, in this JVM. */
  VerifyReport verify(String stream) throws Exception {
    return verify(stream, Map.of());
  }

  /** As {@link #verify(String)}, with these exchange variables. */
  VerifyReport verify(String stream, Map<String, Object> variables) throws Exception {
    return new Standalone(directory).withoutTriggers(context -> verify(context, stream, variables));
  }

  static VerifyReport verify(CamelContext context, String stream, Map<String, Object> variables)
      throws Exception {
    Exchange exchange = RouteCall.exchange(context);
    exchange.setVariable("stream", stream);
    variables.forEach(exchange::setVariable);
    RouteCall.send("direct:stepsync-verify", exchange);
    return exchange.getMessage().getMandatoryBody(VerifyReport.class);
  }

  /** Runs what the command line would, in this JVM, but for its output. */
  public Standalone load() {
    return new Standalone(directory);
  }

  /** Returns the rows of a query, each as its values with blanks between. */
  public List<String> query(String sql) throws SQLException {
    return inDatabase(statement -> rows(statement, database.written(sql)));
  }

  /** Returns the only value of a query. */
  public <T> T value(String sql, Class<T> type) throws SQLException {
    return inDatabase(
        statement -> {
          try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getObject(1, type);
          }
        });
  }

  /** Carries out a statement. */
  public void execute(String sql) throws SQLException {
    inDatabase(statement -> statement.execute(database.written(sql)));
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
        StringBuilder row = new StringBuilder(text(result, 1));
        for (int i = 2; i <= result.getMetaData().getColumnCount(); i++) {
          row.append(' ').append(text(result, i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  /** A driver may have a date in another zone than the JVM has now, and a text as a handle. */
  private static String text(ResultSet result, int column) throws SQLException {
    Object value = result.getObject(column);
    if (value instanceof java.sql.Date) {
      return result.getObject(column, LocalDate.class).toString();
    }
    return value instanceof Clob ? result.getString(column) : String.valueOf(value);
  }
}
