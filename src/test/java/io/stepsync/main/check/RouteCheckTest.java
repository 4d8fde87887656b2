package io.stepsync.main.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.main.Standalone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused is told by {@code typos/typos.txt}; this is what must not be. */
class RouteCheckTest {

  private static final Path TYPOS = Path.of("src/test/resources/typos");

  @TempDir Path directory;

  @Test
  void what_is_known_at_run_time_only_is_left_to_it() throws Exception {
    put("streams/order.camel.yaml", Files.readString(TYPOS.resolve("order.yaml.txt")));
    put("many.camel.yaml", Files.readString(TYPOS.resolve("many-steps.yaml.txt")));

    assertThat(checked().streams()).containsOnlyKeys("order");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file-sink", "notify", "route-sink", "stream-test", "transform", "verify"})
  void the_examples_are_accepted(String example) throws Exception {
    Path routes = Path.of("examples", example, "routes");
    try (Stream<Path> files = Files.walk(routes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        put(routes.relativize(file).toString(), Files.readString(file));
      }
    }

    assertThat(checked().streams()).containsKey("user");
  }

  private Standalone checked() {
    Standalone standalone = new Standalone(directory);
    standalone.refuseWhatCannotRun();
    return standalone;
  }

  private void put(String file, String text) throws IOException {
    Path path = directory.resolve("routes").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
