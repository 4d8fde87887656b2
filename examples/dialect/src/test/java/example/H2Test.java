package example;

import io.stepsync.routes.DatabaseCompatibilityTest;
import io.stepsync.routes.TestDatabase;
import java.nio.file.Path;
import java.util.List;

/** All that stepsync promises of any database, tried on H2. */
class H2Test extends DatabaseCompatibilityTest {

  @Override
  protected TestDatabase database(Path directory) {
    return file(directory);
  }

  static TestDatabase file(Path directory) {
    String url = "jdbc:h2:file:" + directory.resolve("data/copy");
    return new TestDatabase(url, url, "sa", "");
  }

  @Override
  protected String caseless() {
    return "varchar_ignorecase(100)";
  }

  @Override
  protected String ownSchema() {
    return "PUBLIC";
  }

  @Override
  protected String stored() {
    return "";
  }

  @Override
  protected String momentType() {
    return "TIMESTAMP(9) WITH TIME ZONE";
  }

  @Override
  protected List<String> wrongNames() {
    return List.of("x".repeat(257));
  }
}
