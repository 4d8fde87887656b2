package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real MySQL: the one that {@code -Dstepsync.mysql.url} names, with a user who may do all, or one
 * that is started once in a JVM and stopped with it, out of {@code target/mysql}, to which {@code
 * .ci/mysql} brings it. That one is not in UTC, not in utf8mb4 and not strict.
 */
public final class MySqlServer {

  private static final String URL = System.getProperty("stepsync.mysql.url", "");
  private static final Path MYSQLD =
      Path.of(System.getProperty("stepsync.mysql.mysqld", "target/mysql/mysqld")).toAbsolutePath();

  /** What the tests with a MySQL are skipped for. */
  public static final String MISSING =
      "there is no MySQL: -Dstepsync.mysql.url names none, and .ci/mysql has brought none";

  /** Below those that a system gives to clients. */
  private static final int FIRST_PORT = 20_000;

  private static final int LAST_PORT = 32_000;
  private static final String READY = "ready for connections";

  /** C1 has no intrinsics for TLS, which took a third of the tests' time on this database. */
  static final String WITHOUT_TLS = "?sslMode=DISABLED&allowPublicKeyRetrieval=true";

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static MySqlServer server;

  private final Path folder;
  private final Path log;
  private Process process;
  private int port;

  /** Tells whether there is one. */
  public static boolean isThere() {
    return isGiven() || Files.isExecutable(MYSQLD);
  }

  /** The same, and a line that says why the tests of one class, and those like it, are skipped. */
  static boolean isThereOrTold() {
    if (!isThere()) {
      System.out.println("MySQL's tests are skipped: " + MISSING);
    }
    return isThere();
  }

  private static boolean isGiven() {
    return !URL.isEmpty();
  }

  private MySqlServer() throws IOException {
    folder = Files.createTempDirectory("mysql");
    log = folder.resolve("log");
    Runtime.getRuntime().addShutdownHook(new Thread(this::remove));
  }

  private static synchronized MySqlServer server() throws Exception {
    assumeTrue(isThere(), MISSING);
    if (server == null) {
      MySqlServer made = new MySqlServer();
      made.makeData();
      made.startAnywhere();
      made.makeAdmin();
      server = made;
    }
    return server;
  }

  private void makeData() throws Exception {
    Path made = MYSQLD.resolveSibling("data");
    Path data = folder.resolve("data");
    if (Files.isDirectory(made)) {
      copy(made, data);
    } else {
      assertThat(mysqld("--initialize-insecure").waitFor()).as(log.toString()).isZero();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** Nobody can keep a port for another process, so it is tried until one is free. */
  private void startAnywhere() throws Exception {
    Random random = new Random();
    do {
      port = random.nextInt(FIRST_PORT, LAST_PORT);
    } while (!starts());
  }

  private boolean starts() throws Exception {
    Files.deleteIfExists(log);
    process =
        mysqld(
            "--port=" + port,
            "--bind-address=127.0.0.1",
            "--socket=" + folder.resolve("socket"),
            "--mysqlx=OFF",
            "--skip-log-bin",
            "--performance-schema=OFF",
            "--innodb-flush-log-at-trx-commit=2",
            "--innodb-flush-method=nosync",
            "--innodb-doublewrite=OFF",
            "--default-time-zone=+05:45",
            "--character-set-server=latin1",
            "--collation-server=latin1_swedish_ci",
            "--sql-mode=");
    await().until(() -> isReady() || !process.isAlive());
    String said = Files.readString(log);
    if (!process.isAlive() && !said.contains("Address already in use")) {
      throw new IllegalStateException("mysqld does not start:\n" + said);
    }
    return process.isAlive();
  }

  private boolean isReady() throws IOException {
    return Files.readString(log).contains(READY);
  }

  private Process mysqld(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                MYSQLD.toString(),
                "--no-defaults",
                "--datadir=" + folder.resolve("data"),
                "--secure-file-priv=NULL"));
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root");
    }
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(log.toFile()))
        .start();
  }

  private void makeAdmin() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "root", "");
        Statement statement = connection.createStatement()) {
      statement.execute("create user admin identified by 'admin'");
      statement.execute("grant all on *.* to admin with grant option");
    }
  }

  private String url() {
    return "jdbc:mysql://127.0.0.1:" + port + "/";
  }

  private static String inPlain(String url) {
    return isGiven() ? url : url + WITHOUT_TLS;
  }

  private void remove() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips a test that stops the server, where others started it. */
  static void mayBeStopped() {
    assumeTrue(!isGiven(), "a MySQL that others started is not stopped");
  }

  /** Stops the server, and ends all connections. */
  static void stop() throws Exception {
    mayBeStopped();
    server().process.destroy();
    server().process.waitFor();
  }

  static void startAgain() throws Exception {
    assertThat(server().starts()).isTrue();
  }

  private static String serverUrl() throws Exception {
    return isGiven() ? URL : server().url();
  }

  private static Connection asAdmin() throws Exception {
    return DriverManager.getConnection(
        inPlain(serverUrl()),
        System.getProperty("stepsync.mysql.username", "admin"),
        System.getProperty("stepsync.mysql.password", "admin"));
  }

  /** Does something while the server takes no longer packets. */
  static <T> T withPacketsOf(int bytes, Callable<T> work) throws Exception {
    try (Connection connection = asAdmin();
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
  static long waiting() throws Exception {
    try (Connection connection = asAdmin();
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
  static void forbidTables(TestDatabase database) throws Exception {
    String name = database.username();
    try (Connection connection = asAdmin();
        Statement statement = connection.createStatement()) {
      statement.execute("revoke create, alter on " + name + ".* from " + name);
    }
  }

  /** Makes a database beside that of a test, for the same user. */
  static void makeDatabase(String name, TestDatabase beside) throws Exception {
    try (Connection connection = asAdmin();
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + name);
      statement.execute("create database " + name);
      statement.execute("grant all on " + name + ".* to " + beside.username());
    }
  }

  /** The same, whose connections are quicker than those of its URL alone, which are over TLS. */
  static TestDatabase newPlainDatabase() throws Exception {
    TestDatabase database = newDatabase();
    return isGiven() ? database : database.with(WITHOUT_TLS);
  }

  /** A database and a user of its own; the test is skipped where there is no MySQL. */
  public static TestDatabase newDatabase() throws Exception {
    assumeTrue(isThere(), MISSING);
    String name = "test" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
    try (Connection connection = asAdmin();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
      statement.execute("create user " + name + " identified by 'Gehe1m!'");
      statement.execute("grant all on " + name + ".* to " + name);
    }
    String url = serverUrl() + name;
    String options = "connectionTimeZone=UTC&sessionVariables=sql_mode='ANSI_QUOTES'";
    return new TestDatabase(
        url, isGiven() ? url + "?" + options : url + WITHOUT_TLS + "&" + options, name, "Gehe1m!");
  }
}
