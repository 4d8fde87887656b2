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
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Refuses a key of stepsync in application.properties that there is not: it would do nothing. */
public final class KeysCheck {

  private static final String OF_THE_JAR = "/stepsync/application.properties";
  private static final Pattern KEY = Pattern.compile("\\s*(stepsync\\.[\\w.-]+)\\s*[=:].*");

  private static final Pattern ANY_KEY = Pattern.compile("\\s*([^#!\\s=:][^\\s=:]*)([\\s=:].*)?");
  private static final Pattern BAD_ESCAPE =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u(?![0-9a-fA-F]{4})");

  private static final Pattern NAMED =
      Pattern.compile(
          "(stepsync\\.[\\w.-]+) must "
              + "|camel\\.beans: a \\S+ has no property that takes (\\S+)"
              + "|stream \\?: there is no setting (\\w+)");

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
    requireEscapes(file, lines);
    for (int i = 0; i < lines.size(); i++) {
      requirePrefix(file, i + 1, lines.get(i), known);
      Matcher key = KEY.matcher(lines.get(i));
      if (key.matches() && !isKnown(key.group(1), known)) {
        throw new SettingException(
            "%s:%d: there is no key %s%s"
                .formatted(file, i + 1, key.group(1), Suggestion.of(key.group(1), known)));
      }
    }
  }

  /**
   * Returns {@code problem} with the place of the key that it names, if the directory's
   * application.properties has that.
   */
  public static SettingException placed(Path directory, SettingException problem) {
    Path file = directory.resolve("application.properties");
    Matcher named = NAMED.matcher(problem.getMessage());
    if (!named.lookingAt() || !Files.exists(file)) {
      return problem;
    }
    String name = plain(named.group(named.group(1) != null ? 1 : named.group(2) != null ? 2 : 3));
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      Matcher key = ANY_KEY.matcher(lines.get(i));
      if (key.matches() && (plain(key.group(1)).equals(name) || isOfCamel(key.group(1), name))) {
        return new SettingException(
            named.group(1) != null
                ? "%s (%s:%d)".formatted(problem.getMessage(), file, i + 1)
                : "%s:%d: there is no key %s".formatted(file, i + 1, key.group(1)),
            problem);
      }
    }
    return problem;
  }

  private static boolean isOfCamel(String key, String name) {
    return key.startsWith("camel.") && plain(key).endsWith("." + name);
  }

  /** Camel takes max-size for maxSize. */
  private static String plain(String key) {
    return key.replace("-", "").toLowerCase(Locale.ROOT);
  }

  private static void requireEscapes(Path file, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).stripLeading().startsWith("#") && BAD_ESCAPE.matcher(lines.get(i)).find()) {
        throw new SettingException(
            "%s:%d must have four hexadecimal digits after \\u; a backslash is written twice"
                .formatted(file, i + 1));
      }
    }
  }

  /** A key of another's is one that has nothing like stepsync at its start. */
  private static void requirePrefix(Path file, int line, String text, Set<String> known) {
    Matcher key = ANY_KEY.matcher(text);
    if (!key.matches()) {
      return;
    }
    String first = key.group(1).split("\\.", 2)[0];
    String meant = key.group(1).replaceFirst("^[^.]*", "stepsync");
    boolean like = !Suggestion.of(first, Set.of("stepsync")).isEmpty();
    if (key.group(1).equals("stepsync") || (like && isKnown(meant, known))) {
      throw new SettingException(
          "%s:%d: there is no key %s; did you mean %s?"
              .formatted(file, line, key.group(1), like ? meant : "stepsync. and its name"));
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
