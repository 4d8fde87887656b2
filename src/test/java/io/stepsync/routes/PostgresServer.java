package io.stepsync.routes;

import static io.stepsync.LongestWait.LONGEST_WAIT;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A real PostgreSQL, started once in a JVM and stopped with it. */
public final class PostgresServer {

  private static final EmbeddedPostgres SERVER = start();
  private static final String DATA = setting("show data_directory");
  private static final String PG_CTL =
      setting("select setting from pg_config where name = 'BINDIR'") + "/pg_ctl";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private PostgresServer() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.builder().setPGStartupWait(LONGEST_WAIT).start();
      checkPasswords(server);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The server starts without a look at passwords. Theirs are of one round of hashing, since C1 has
   * no intrinsic for it: two thirds of the tests' time on this database were the 4,096 rounds of
   * each connection.
   */
  private static void checkPasswords(EmbeddedPostgres server) throws SQLException, IOException {
    try (Connection connection = asAdmin(server);
        Statement statement = connection.createStatement()) {
      statement.execute("alter system set scram_iterations = 1");
      statement.execute("create role nobody login password 'right'");
      try (ResultSet file = statement.executeQuery("show hba_file")) {
        file.next();
        Files.writeString(
            Path.of(file.getString(1)),
            """
            host all postgres all trust
            host all all all scram-sha-256
            """);
      }
      statement.execute("select pg_reload_conf()");
    }
    Awaitility.await().pollInSameThread().until(() -> isRefused(server));
  }

  private static boolean isRefused(EmbeddedPostgres server) {
    String url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    try (Connection connection = DriverManager.getConnection(url, "nobody", "wrong")) {
      return connection == null;
    } catch (SQLException e) {
      return true;
    }
  }

  private static Connection asAdmin(EmbeddedPostgres server) throws SQLException {
    return DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
  }

  /** Stops the server, and ends all connections. */
  static void stop() throws Exception {
    command("stop", "-m", "fast");
  }

  static void startAgain() throws Exception {
    command("start", "-l", "/dev/null", "-o", "-F -p " + SERVER.getPort());
  }

  /** PostgreSQL does not run as root; another user's namespace is enough for it. */
  private static void command(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(PG_CTL);
    command.addAll(List.of("-w", "-t", "" + LONGEST_WAIT.toSeconds(), "-D", DATA));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + " ended with " + process.exitValue());
    }
  }

  private static String setting(String query) {
    try (Connection connection = asAdmin(SERVER);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns how many transactions wait for a lock of another one. */
  static long waiting() {
    return Long.parseLong(setting("select count(*) from pg_locks where not granted"));
  }

  /** Takes the right to make tables from the user of a database. */
  static void forbidTables(TestDatabase database) throws SQLException {
    String url = SERVER.getJdbcUrl("postgres", database.username());
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("alter schema public owner to postgres");
      statement.execute("grant usage on schema public to public");
    }
  }

  public static TestDatabase newDatabase() throws SQLException {
    String name = "test" + DATABASES.incrementAndGet();
    try (Connection connection = asAdmin(SERVER);
        Statement statement = connection.createStatement()) {
      statement.execute("create role " + name + " login password 'Gehe1m!'");
      statement.execute("create database " + name + " owner " + name);
    }
    String url = "jdbc:postgresql://127.0.0.1:" + SERVER.getPort() + "/" + name;
    return new TestDatabase(url, url, name, "Gehe1m!");
  }
}
