package io.stepsync.routes;

import java.nio.file.Path;

class VerifyMariaDbTest extends VerifyCompatibilityTest {

  @Override
  protected TestDatabase database(Path directory) throws Exception {
    return MariaDbServer.newDatabase();
  }
}
