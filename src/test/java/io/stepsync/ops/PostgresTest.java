package io.stepsync.ops;

import java.nio.file.Path;

class PostgresTest extends ServerCompatibilityTest {

  @Override
  TestDatabase database(Path directory) throws Exception {
    return PostgresServer.newDatabase();
  }

  @Override
  void endConnections() throws Exception {
    workspace.query(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()");
  }

  @Override
  void forbidTables(TestDatabase database) throws Exception {
    PostgresServer.forbidTables(database);
  }

  @Override
  void stopServer() throws Exception {
    PostgresServer.stop();
  }

  @Override
  void startServer() throws Exception {
    PostgresServer.startAgain();
  }
}
