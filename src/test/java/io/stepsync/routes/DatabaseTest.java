package io.stepsync.routes;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An API, a user's directory and a database of one kind, for each test again. */
abstract class DatabaseTest {

  @TempDir protected Path directory;
  protected final RangeApi api = new RangeApi();
  protected TestDatabase database;
  protected Workspace workspace;

  protected abstract TestDatabase database(Path directory) throws Exception;

  @BeforeEach
  void openWorkspace() throws Exception {
    database = database(directory);
    workspace = new Workspace(directory, database);
  }

  @AfterEach
  void closeApi() {
    api.close();
  }
}
