package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example with the Kamelet: a Camel Main, as it is but for the API and its folder. */
class KameletExampleTest {

  @TempDir Path directory;

  private Main example(String url) {
    Main main = new Main();
    main.setDefaultPropertyPlaceholderLocation("file:examples/kamelet/application.properties");
    main.configure()
        .withRoutesIncludePattern("file:examples/kamelet/camel/*,classpath:camel-template/*");
    main.addOverrideProperty("users.url", url);
    main.addOverrideProperty("users.folder", directory.toString());
    main.addOverrideProperty("users.schedule", "0/1 * * * * ?");
    main.addOverrideProperty(
        "camel.beans.checkpoints.jdbcUrl", "jdbc:hsqldb:file:" + directory + "/checkpoints");
    return main;
  }

  private void runUntilLines(String url, int lines) throws Exception {
    Path file = directory.resolve("users.ndjson");
    Main main = example(url);
    main.start();
    try {
      Awaitility.await()
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(Files.readAllLines(file)).hasSize(lines));
    } finally {
      main.stop();
    }
  }

  @Test
  void each_record_is_a_line_and_a_second_start_adds_what_is_new() throws Exception {
    try (RangeApi api = new RangeApi()) {
      api.users(1, 1500);
      runUntilLines(api.url(), 1500);
      api.users(1501, 1800);
      runUntilLines(api.url(), 1800);
    }
    assertThat(Files.readAllLines(directory.resolve("users.ndjson"))).doesNotHaveDuplicates();
  }
}
