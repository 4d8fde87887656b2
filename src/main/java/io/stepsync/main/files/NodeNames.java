package io.stepsync.main.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stepsync.camel.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;

/** The names that there are in a route file, as Camel's own schema of YAML routes has them. */
final class NodeNames {

  private static final String SCHEMA = "/schema/camelYamlDsl.json";
  private static final Set<String> PARTS =
      Set.of(
          "/properties",
          "/definitions/org.apache.camel.model.ProcessorDefinition/properties",
          "/definitions/org.apache.camel.model.BeanFactoryDefinition/properties",
          "/definitions/org.apache.camel.model.RouteDefinition/properties",
          "/definitions/org.apache.camel.model.TemplatedRouteDefinition/properties",
          "/definitions/org.apache.camel.model.FromDefinition/properties");

  private NodeNames() {}

  /** Returns what may have been meant; an empty text if nothing is like it, or is known. */
  static String like(String mistyped) {
    Set<String> names = new TreeSet<>(Set.of("key", "value", "templatedRoute"));
    try (InputStream schema = NodeNames.class.getResourceAsStream(SCHEMA)) {
      if (schema != null) {
        JsonNode items = new ObjectMapper().readTree(schema).path("items");
        PARTS.forEach(part -> items.at(part).fieldNames().forEachRemaining(names::add));
      }
    } catch (IOException e) {
      return "";
    }
    return Suggestion.of(mistyped, names);
  }
}
