package io.stepsync.ops;

import io.stepsync.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Refuses what Camel takes without a word: two files with a bean or a route of the same name, of
 * which the later would replace the earlier, and column names that Camel's loader would change.
 */
final class DuplicateCheck {

  private final Map<String, Path> seen = new HashMap<>();

  /**
   * @param files YAML route files
   * @throws SettingException naming the files, the rule and the value
   */
  static void check(Collection<Path> files) {
    DuplicateCheck check = new DuplicateCheck();
    files.forEach(check::read);
  }

  private void read(Path file) {
    try (InputStream text = Files.newInputStream(file)) {
      Object root = new Load(LoadSettings.builder().build()).loadFromInputStream(text);
      for (Object node : list(root)) {
        readNode(file, map(node));
      }
    } catch (YamlEngineException e) {
      // Camel's loader tells the line when it comes to the file.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readNode(Path file, Map<?, ?> node) {
    for (Object bean : list(node.get("beans"))) {
      once(file, "bean", map(bean).get("name"));
      checkColumns(map(bean));
    }
    once(file, "route", map(node.get("templatedRoute")).get("routeId"));
    once(file, "route", map(node.get("route")).get("id"));
    once(file, "routeTemplate", map(node.get("routeTemplate")).get("id"));
  }

  private void once(Path file, String kind, Object name) {
    Path earlier = name == null ? null : seen.put(kind + " " + name, file);
    if (earlier != null) {
      throw new SettingException(
          kind + " " + name + " must be in one file, was in " + earlier + " and " + file);
    }
  }

  /** Camel turns created-at into createdAt, and splits a.b, in nested properties. */
  private static void checkColumns(Map<?, ?> bean) {
    for (Object name : map(map(bean.get("properties")).get("columns")).keySet()) {
      if (name.toString().contains("-") || name.toString().contains(".")) {
        throw new SettingException(
            "stream "
                + bean.get("name")
                + ": columns must be text (columns: |) where a name has a dash or a dot, was "
                + name);
      }
    }
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
