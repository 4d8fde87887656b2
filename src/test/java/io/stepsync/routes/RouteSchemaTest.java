package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each route file in YAML keeps to Camel's schema, as an editor would tell. */
class RouteSchemaTest {

  private static YamlSchema schema;

  @BeforeAll
  static void readSchema() throws Exception {
    schema = new YamlSchema();
  }

  private static Stream<Path> files() {
    return Stream.of("routes", "docs", "examples", "src", "bench/src")
        .map(Path::of)
        .filter(Files::isDirectory)
        .flatMap(RouteSchemaTest::files);
  }

  private static Stream<Path> files(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".camel.yaml"))
          .filter(file -> !file.toString().contains("target"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_file_keeps_to_the_schema(Path file) throws Exception {
    assertThat(schema.faults(Files.readString(file))).as(file.toString()).isEmpty();
  }

  @Test
  void the_shared_routes_and_the_recipes_are_among_them() {
    assertThat(files())
        .contains(Path.of("routes/fetch.camel.yaml"), Path.of("docs/recipes/github.camel.yaml"));
  }

  @Test
  void a_fault_is_told_with_its_place() {
    assertThat(
            schema.faults(
                """
                - route:
                    id: a
                    streamCaching: false
                    from:
                      uri: direct:a
                      steps:
                        - log: text
                        - tooD: direct:b
                """))
        .containsExactlyInAnyOrder(
            "2:5 $[0].route: property 'streamCaching' is not defined in the schema and the schema"
                + " does not allow additional properties",
            "8:11 $[0].route.from.steps[1]: property 'tooD' is not defined in the schema and the"
                + " schema does not allow additional properties");
  }
}
