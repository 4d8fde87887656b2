package io.stepsync.routes;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "io.stepsync.routes.MySqlServer#isThere", disabledReason = MySqlServer.MISSING)
class VerifyMySqlTest extends VerifyCompatibilityTest {

  @Override
  protected TestDatabase database(Path directory) throws Exception {
    return MySqlServer.newDatabase();
  }
}
