package io.stepsync.routes;

import java.nio.file.Path;

class VerifyHsqldbTest extends VerifyCompatibilityTest {

  @Override
  protected TestDatabase database(Path directory) throws Exception {
    return TestDatabase.hsqldb(directory);
  }
}
