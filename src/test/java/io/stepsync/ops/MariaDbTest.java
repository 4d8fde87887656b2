package io.stepsync.ops;

import java.nio.file.Path;

class MariaDbTest extends DatabaseCompatibilityTest {

  @Override
  TestDatabase database(Path directory) throws Exception {
    return MariaDbServer.newDatabase();
  }
}
