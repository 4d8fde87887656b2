package io.stepsync.bench.database;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A MySQL server of its own, out of {@code target/mysql}, to which {@code .ci/mysql} brings it. */
final class MysqlDatabase extends InnoDbDatabase {

  private static final Path BROUGHT = Path.of("../target/mysql").toAbsolutePath().normalize();
  private static final String READY = "ready for connections";
  private static final int MOST_LOOKS = 600;

  private final Process server;
  private final String url;

  MysqlDatabase(Path directory) throws IOException, InterruptedException, SQLException {
    if (!Files.isExecutable(BROUGHT.resolve("mysqld"))) {
      throw new IllegalArgumentException("there is no MySQL: .ci/mysql target/mysql brings one");
    }
    Path data = directory.resolve("mysql");
    copy(BROUGHT.resolve("data"), data);
    int port = freePort();
    Path log = directory.resolve("mysql.log");
    server = start(data, port, log);
    for (int looks = 0; !Files.readString(log).contains(READY); looks++) {
      if (looks == MOST_LOOKS || server.waitFor(100, TimeUnit.MILLISECONDS)) {
        server.destroyForcibly();
        throw new IllegalStateException("mysqld does not start:\n" + Files.readString(log));
      }
    }
    String address = "jdbc:mysql://127.0.0.1:" + port + "/";
    try (Connection connection = DriverManager.getConnection(address, user(), "")) {
      Sql.execute(connection, "CREATE DATABASE bench");
    }
    url = address + "bench";
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Process start(Path data, int port, Path log) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                BROUGHT.resolve("mysqld").toString(),
                "--no-defaults",
                "--datadir=" + data,
                "--secure-file-priv=NULL",
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + data.resolve("socket"),
                "--mysqlx=OFF",
                "--skip-log-bin",
                "--performance-schema=OFF")); // as on MariaDB, which has both off by default
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root");
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(log.toFile()))
        .start();
  }

  @Override
  public String name() {
    return "mysql";
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public String batchUrl() {
    return url + "?rewriteBatchedStatements=true";
  }

  @Override
  public void close() {
    server.destroy();
    server.onExit().join();
  }
}
