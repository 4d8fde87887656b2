package io.stepsync.main.files;

import io.stepsync.SettingException;
import io.stepsync.camel.Suggestion;
import io.stepsync.store.budget.Budgets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Refuses a key of stepsync in application.properties that there is not: it would do nothing. */
public final class KeysCheck {

  private static final String OF_THE_JAR = "/stepsync/application.properties";
  private static final Pattern KEY = Pattern.compile("\\s*(stepsync\\.[\\w.-]+)\\s*[=:].*");

  private KeysCheck() {}

  /**
   * Checks the application.properties of a directory, if it has one.
   *
   * @throws SettingException naming file, line and key
   */
  public static void check(Path directory) {
    Path file = directory.resolve("application.properties");
    if (!Files.exists(file)) {
      return;
    }
    Set<String> known = known();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      Matcher key = KEY.matcher(lines.get(i));
      if (key.matches() && !isKnown(key.group(1), known)) {
        throw new SettingException(
            "%s:%d: there is no key %s%s"
                .formatted(file, i + 1, key.group(1), Suggestion.of(key.group(1), known)));
      }
    }
  }

  private static boolean isKnown(String key, Set<String> known) {
    return known.contains(key)
        || (key.startsWith(Budgets.PREFIX) && key.length() > Budgets.PREFIX.length());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(Set.of("stepsync.migrate"));
    try (InputStream jar = KeysCheck.class.getResourceAsStream(OF_THE_JAR)) {
      new String(jar.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> KEY.matcher(line.replaceFirst("^#\\s*", "")))
          .filter(Matcher::matches)
          .forEach(key -> known.add(key.group(1)));
      return known;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
