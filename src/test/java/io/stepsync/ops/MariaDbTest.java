package io.stepsync.ops;

import java.nio.file.Path;

class MariaDbTest extends ServerCompatibilityTest {

  @Override
  TestDatabase database(Path directory) throws Exception {
    return MariaDbServer.newDatabase();
  }
}
