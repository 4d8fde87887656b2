package io.stepsync.ops;

import java.nio.file.Path;

class MariaDbTest extends ServerCompatibilityTest {

  @Override
  TestDatabase database(Path directory) throws Exception {
    return MariaDbServer.newDatabase();
  }

  @Override
  void endConnections() throws Exception {
    for (String id :
        workspace.query(
            "select id from information_schema.processlist"
                + " where db = database() and id <> connection_id()")) {
      workspace.execute("kill " + id);
    }
  }

  @Override
  void stopServer() throws Exception {
    MariaDbServer.stop();
  }

  @Override
  void startServer() throws Exception {
    MariaDbServer.startAgain();
  }
}
