package io.stepsync.routes;

import java.nio.file.Path;

class VerifyPostgresTest extends VerifyCompatibilityTest {

  @Override
  protected TestDatabase database(Path directory) throws Exception {
    return PostgresServer.newDatabase();
  }
}
