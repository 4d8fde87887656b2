package io.stepsync.routes;

import java.nio.file.Path;

class VerifySqliteTest extends VerifyCompatibilityTest {

  @Override
  protected TestDatabase database(Path directory) throws Exception {
    return TestDatabase.sqlite(directory);
  }
}
