package io.stepsync.routes;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The file of the Kamelet, by the rules of the Apache Camel Kamelet catalog's validator; but that
 * there the provider is Apache.
 */
class KameletFileTest {

  private static final Path FILE =
      Path.of("src/main/resources/kamelets/stepsync-source.kamelet.yaml");
  private static final String CAMEL = "camel.apache.org/";
  private static final String CREDENTIALS = "urn:camel:group:credentials";
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{\\??([A-Za-z0-9-._]+)(?::[^}]*)?}}");

  private Map<String, Object> kamelet;

  @BeforeEach
  void read() throws Exception {
    kamelet = map(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FILE)));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  private Map<String, Object> at(String... keys) {
    Map<String, Object> found = kamelet;
    for (String key : keys) {
      found = map(found.get(key));
    }
    return found;
  }

  private Map<String, Object> properties() {
    return at("spec", "definition", "properties");
  }

  @Test
  void it_says_what_it_is() {
    assertThat(kamelet).containsEntry("apiVersion", CAMEL + "v1").containsEntry("kind", "Kamelet");
    assertThat(FILE).hasFileName(at("metadata").get("name") + ".kamelet.yaml");
    assertThat(at("metadata").get("name")).asString().endsWith("-source");
    assertThat(at("metadata", "labels")).containsEntry(CAMEL + "kamelet.type", "source");
    assertThat(at("spec", "definition")).containsEntry("type", "object").containsKey("description");
    assertThat(at("spec", "definition").get("title")).asString().endsWith(" Source");
  }

  @Test
  void its_annotations_are_those_of_the_catalog() {
    Map<String, Object> annotations = at("metadata", "annotations");
    assertThat(annotations)
        .containsEntry(CAMEL + "catalog.version", new DefaultCamelContext().getVersion())
        .containsKeys(CAMEL + "provider", CAMEL + "kamelet.group", CAMEL + "kamelet.namespace");
    assertThat(annotations.get(CAMEL + "kamelet.support.level")).isIn("Preview", "Stable");
    String icon = String.valueOf(annotations.get(CAMEL + "kamelet.icon"));
    assertThat(icon).startsWith("data:image/svg+xml;base64,");
    byte[] svg = Base64.getDecoder().decode(icon.substring(icon.indexOf(',') + 1));
    assertThat(new String(svg, StandardCharsets.UTF_8)).startsWith("<svg").endsWith("</svg>");
  }

  @Test
  void each_property_has_a_type_a_title_and_a_description() {
    properties()
        .forEach(
            (name, property) -> {
              assertThat(map(property))
                  .describedAs(name)
                  .containsKeys("type", "title", "description");
              assertThat(map(property).get("title"))
                  .asString()
                  .describedAs(name)
                  .matches("(\\p{Lu}\\S*)( \\p{Lu}\\S*)*")
                  .doesNotMatch("(The|A|An) .*");
            });
  }

  @Test
  void required_properties_are_there_and_named_once() {
    assertThat(list(at("spec", "definition").get("required")))
        .doesNotHaveDuplicates()
        .isSubsetOf(new ArrayList<>(properties().keySet()));
  }

  @Test
  void no_property_has_the_name_that_is_reserved() {
    assertThat(properties()).doesNotContainKey("id");
  }

  @Test
  void each_secret_is_marked_as_one() {
    for (String secret : List.of("password", "token", "apiKey")) {
      assertThat(map(properties().get(secret))).containsEntry("format", "password");
    }
    assertThat(properties().values())
        .filteredOn(property -> "password".equals(map(property).get("format")))
        .hasSize(3)
        .allMatch(
            property -> list(map(property).get("x-descriptors")).equals(List.of(CREDENTIALS)));
  }

  @Test
  void each_property_is_used_and_nothing_else_is() {
    Set<String> declared =
        Stream.concat(
                properties().keySet().stream(),
                list(at("spec", "template").get("beans")).stream()
                    .map(bean -> (String) map(bean).get("name")))
            .collect(toSet());
    Set<String> used =
        PLACEHOLDER
            .matcher(at("spec", "template").toString())
            .results()
            .map((MatchResult placeholder) -> placeholder.group(1))
            .collect(toSet());
    assertThat(used).isEqualTo(declared);
  }

  @Test
  void it_leads_to_the_sink_and_names_what_it_needs() throws Exception {
    assertThat(at("spec", "template").toString()).contains("kamelet:sink");
    assertThat(at("spec", "dataTypes")).containsKey("out");
    assertThat(list(at("spec").get("dependencies")))
        .contains("mvn:io.stepsync:stepsync:" + version())
        .allMatch(dependency -> ((String) dependency).matches("(camel:|mvn:).+"));
  }

  private static String version() throws Exception {
    return Pattern.compile("<version>(.*?)</version>")
        .matcher(Files.readString(Path.of("pom.xml")))
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }
}
