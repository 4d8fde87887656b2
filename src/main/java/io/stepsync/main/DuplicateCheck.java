package io.stepsync.main;

import io.stepsync.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Refuses what Camel takes without a word: two files with a bean or a route of the same name, of
 * which the later would replace the earlier, column names that Camel's loader would change, and XML
 * that it would not load.
 */
final class DuplicateCheck {

  private final Map<String, Path> seen = new HashMap<>();

  /**
   * @param files route files in YAML or XML
   * @throws SettingException naming the files, the rule and the value
   */
  static void check(Collection<Path> files) {
    DuplicateCheck check = new DuplicateCheck();
    files.forEach(check::read);
  }

  private void read(Path file) {
    for (RouteItem item : items(file)) {
      once(file, item.kind() + " " + item.name());
      item.columns().forEach(column -> checkColumn(item.name(), column));
    }
  }

  private static List<RouteItem> items(Path file) {
    try {
      return file.toString().endsWith(".xml") ? XmlItems.in(file) : YamlItems.in(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void once(Path file, String item) {
    Path earlier = seen.put(item, file);
    if (earlier != null) {
      throw new SettingException(item + " must be in one file, was in " + earlier + " and " + file);
    }
  }

  /** Camel turns created-at into createdAt, and splits a.b, in nested properties. */
  private static void checkColumn(String stream, String column) {
    if (column.contains("-") || column.contains(".")) {
      throw new SettingException(
          "stream "
              + stream
              + ": columns must be text (name: TYPE, a line each) where a name has a dash or a dot,"
              + " was "
              + column);
    }
  }
}
