package io.stepsync.main.files;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.main.files.RouteItem.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Refuses texts of route files that Camel takes as they are, and that mean something else:
 * placeholders that are none, typographic quotes, variables as shells write them, names with blanks
 * at their ends.
 */
final class WrittenCheck {

  private final Set<String> keys = new HashSet<>();

  private WrittenCheck(Path directory) {
    Path properties = directory.resolve("application.properties");
    if (Files.exists(properties)) {
      PropertyLine.in(properties).forEach(line -> keys.add(line.key()));
    }
  }

  /**
   * @param items what the files define
   * @throws SettingException naming file, line and rule
   */
  static void check(Path directory, Collection<Path> files, Collection<RouteItem> items) {
    WrittenCheck check = new WrittenCheck(directory);
    PlaceholderCheck placeholders = new PlaceholderCheck(check::isSet);
    for (Path file : files) {
      for (Part text : DuplicateCheck.texts(file)) {
        placeholders.check(file + ":", text.line(), text.value());
      }
    }
    items.forEach(WrittenCheck::check);
  }

  private boolean isSet(String key) {
    return keys.contains(key)
        || System.getProperty(key) != null
        || System.getenv(KeysCheck.variable(key)) != null;
  }

  private static void check(RouteItem item) {
    boolean stream = Stream.class.getName().equals(item.value("type"));
    boolean trigger = item.kind().equals("templatedRoute");
    if (item.name() != null && (stream || trigger)) {
      requireName(item);
    }
    for (Map.Entry<String, Part> part : item.parts().entrySet()) {
      if (stream || trigger) {
        check(item, part.getKey(), part.getValue());
      }
    }
  }

  private static void requireName(RouteItem item) {
    String place = " (" + item.file() + ":" + item.line() + ")";
    String about = item.kind() + " " + item.name() + ": its name";
    WrittenValue.check(about, item.name(), place);
    if (!item.name().equals(item.name().strip())) {
      throw new SettingException(
          "the name of a %s must have no blank at its ends, was \"%s\"%s"
              .formatted(item.kind(), item.name(), place));
    }
  }

  private static void check(RouteItem item, String name, Part part) {
    String place = " (" + item.file() + ":" + part.line() + ")";
    String about = item.kind().equals("bean") ? "stream " + item.name() : item.unique();
    String setting = name.split("\\.", 2)[0];
    if (part.value() != null && !(name.equals("columns") && part.value().contains(":"))) {
      WrittenValue.check(about + ": " + setting, part.value(), place);
    }
    if (name.startsWith("columns.")) {
      WrittenValue.check(about + ": " + setting, name.substring("columns.".length()), place);
    }
  }
}
