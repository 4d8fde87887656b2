package io.stepsync.ops;

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
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A real PostgreSQL, started once in a JVM and stopped with it. */
final class PostgresServer {

  private static final EmbeddedPostgres SERVER = start();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private PostgresServer() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.builder().start();
      checkPasswords(server);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The server starts without a look at passwords. */
  private static void checkPasswords(EmbeddedPostgres server) throws SQLException, IOException {
    try (Connection connection = asAdmin(server);
        Statement statement = connection.createStatement()) {
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

  static TestDatabase newDatabase() throws SQLException {
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
