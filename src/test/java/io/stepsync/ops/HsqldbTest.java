package io.stepsync.ops;

import java.nio.file.Path;

class HsqldbTest extends DatabaseCompatibilityTest {

  @Override
  Workspace workspace(Path directory) throws Exception {
    return new Workspace(directory);
  }
}
