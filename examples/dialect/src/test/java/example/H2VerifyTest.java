package example;

import io.stepsync.routes.TestDatabase;
import io.stepsync.routes.VerifyCompatibilityTest;
import java.nio.file.Path;

/** What `stepsync verify` finds, in H2. */
class H2VerifyTest extends VerifyCompatibilityTest {

  @Override
  protected TestDatabase database(Path directory) {
    return H2Test.file(directory);
  }
}
