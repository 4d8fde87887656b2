package io.stepsync.main.files;

import io.stepsync.SettingException;
import io.stepsync.main.files.RouteItem.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Refuses what Camel takes without a word: two files with a bean or a route of the same name, of
 * which the later would replace the earlier, column names that Camel's loader would change, and
 * files that it would not load.
 */
final class DuplicateCheck {

  private final Map<String, RouteItem> seen = new HashMap<>();
  private final List<RouteItem> items = new ArrayList<>();

  /**
   * Returns what the files define.
   *
   * @param files route files in YAML or XML
   * @throws SettingException naming the files, the rule and the value
   */
  static List<RouteItem> check(Collection<Path> files) {
    DuplicateCheck check = new DuplicateCheck();
    files.forEach(check::read);
    return check.items;
  }

  private void read(Path file) {
    for (RouteItem item : in(file)) {
      items.add(item);
      if (item.name() != null) {
        once(item);
      }
      item.columns().forEach(column -> checkColumn(item, column));
    }
  }

  private static List<RouteItem> in(Path file) {
    return file.toString().endsWith(".xml") ? XmlItems.in(file) : YamlItems.in(file);
  }

  /** Returns all values of a file, each with the line on which its text begins. */
  static List<Part> texts(Path file) {
    return file.toString().endsWith(".xml") ? XmlItems.texts(file) : YamlItems.texts(file);
  }

  private void once(RouteItem item) {
    RouteItem earlier = seen.put(item.unique(), item);
    if (earlier == null) {
      return;
    }
    throw new SettingException(
        earlier.file().equals(item.file())
            ? "%s must be there once, was in %s on lines %d and %d"
                .formatted(item.unique(), item.file(), earlier.line(), item.line())
            : "%s must be in one file, was in %s:%d and %s:%d"
                .formatted(
                    item.unique(), earlier.file(), earlier.line(), item.file(), item.line()));
  }

  /** Camel turns created-at into createdAt, and splits a.b, in nested properties. */
  private static void checkColumn(RouteItem stream, String column) {
    if (column.contains("-") || column.contains(".")) {
      throw new SettingException(
          "stream "
              + stream.name()
              + ": columns must be text (name: TYPE, a line each) where a name has a dash or a dot,"
              + " was "
              + column);
    }
  }
}
