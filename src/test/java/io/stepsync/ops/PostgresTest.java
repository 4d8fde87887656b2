package io.stepsync.ops;

import java.nio.file.Path;

class PostgresTest extends DatabaseCompatibilityTest {

  @Override
  TestDatabase database(Path directory) throws Exception {
    return PostgresServer.newDatabase();
  }
}
