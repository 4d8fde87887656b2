package io.stepsync.ops;

import java.nio.file.Path;

class PostgresTest extends ServerCompatibilityTest {

  @Override
  TestDatabase database(Path directory) throws Exception {
    return PostgresServer.newDatabase();
  }
}
