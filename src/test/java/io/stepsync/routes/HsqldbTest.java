package io.stepsync.routes;

import java.nio.file.Path;

class HsqldbTest extends DatabaseCompatibilityTest {

  @Override
  TestDatabase database(Path directory) {
    return TestDatabase.hsqldb(directory);
  }
}
