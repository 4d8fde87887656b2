package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.Stream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The routes in YAML and in XML are the same. With {@code -Dstepsync.write=true} the shared ones in
 * XML are written again from those in YAML.
 */
class RouteModelsTest {

  private static List<String> names() {
    return RouteSet.YAML.names();
  }

  @BeforeAll
  static void write() throws Exception {
    if (Boolean.getBoolean("stepsync.write")) {
      for (String name : RouteSet.YAML.shared()) {
        Files.writeString(
            RouteSet.XML.file(name), XmlRoutes.of(Files.readString(RouteSet.YAML.file(name))));
      }
    }
  }

  @Test
  void each_file_is_there_in_both_languages() {
    assertThat(RouteSet.XML.names()).isEqualTo(RouteSet.YAML.names());
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_file_says_the_same_in_both_languages(String name) throws Exception {
    assertThat(xml(RouteSet.XML, name))
        .as("mvn -q test -Dtest=RouteModelsTest -Dstepsync.write=true makes them equal")
        .isEqualTo(xml(RouteSet.YAML, name));
  }

  private static List<String> xml(RouteSet set, String name) throws Exception {
    try (RouteModel model = model(set, name)) {
      return model.xml();
    }
  }

  private static RouteModel model(RouteSet set, String name) throws Exception {
    Path template = set.file("step-size-sync");
    return new RouteModel(
        name.startsWith("streams/") ? List.of(template, set.file(name)) : List.of(set.file(name)));
  }

  @Test
  void the_stream_has_the_same_settings_in_both_languages() throws Exception {
    try (RouteModel yaml = model(RouteSet.YAML, "streams/user");
        RouteModel xml = model(RouteSet.XML, "streams/user")) {
      assertThat(stream(xml)).isEqualTo(stream(yaml));
      assertThat(xml.templateParameters()).isEqualTo(yaml.templateParameters()).hasSize(1);
    }
  }

  private static Object stream(RouteModel model) {
    return model.context().getRegistry().lookupByNameAndType("user", Stream.class).checked("user");
  }
}
