package example;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What comes along with stepsync: a jar more is one that every application of others gets. */
class DependenciesTest {

  /** The example's own, and what those bring. */
  private static final String OWN =
      "hsqldb|flyway-.*|logback-.*|junit-.*|opentest4j|apiguardian-api|surefire-.*|stepsync";

  @Test
  void stepsync_brings_what_its_routes_need() throws Exception {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String jars =
        Arrays.stream(path.split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .map(entry -> Path.of(entry).getFileName().toString().replaceFirst("-[0-9].*", ""))
            .filter(name -> !name.matches(OWN))
            .sorted()
            .collect(joining("\n", "", "\n"));
    try (var expected = DependenciesTest.class.getResourceAsStream("/dependencies.txt")) {
      assertEquals(new String(expected.readAllBytes(), StandardCharsets.UTF_8), jars);
    }
  }
}
