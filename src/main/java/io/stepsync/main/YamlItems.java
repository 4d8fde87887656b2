package io.stepsync.main;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads what a YAML route file defines. */
final class YamlItems {

  private final List<RouteItem> items = new ArrayList<>();

  private YamlItems() {}

  /** Returns nothing where the file is not YAML: Camel's loader tells the line. */
  static List<RouteItem> in(Path file) throws IOException {
    YamlItems read = new YamlItems();
    try (InputStream text = Files.newInputStream(file)) {
      Object root = new Load(LoadSettings.builder().build()).loadFromInputStream(text);
      list(root).forEach(node -> read.node(map(node)));
      return read.items;
    } catch (YamlEngineException e) {
      return List.of();
    }
  }

  private void node(Map<?, ?> node) {
    for (Object bean : list(node.get("beans"))) {
      Object columns = map(map(bean).get("properties")).get("columns");
      add("bean", bean, "name", map(columns).keySet().stream().map(String::valueOf).toList());
    }
    add("route", node.get("templatedRoute"), "routeId", List.of());
    add("route", node.get("route"), "id", List.of());
    add("routeTemplate", node.get("routeTemplate"), "id", List.of());
    add("routeConfiguration", node.get("routeConfiguration"), "id", List.of());
  }

  private void add(String kind, Object item, String key, List<String> columns) {
    Object name = map(item).get(key);
    if (name != null) {
      items.add(new RouteItem(kind, name.toString(), columns));
    }
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
