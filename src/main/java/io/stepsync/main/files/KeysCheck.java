package io.stepsync.main.files;

import static java.util.stream.Collectors.toSet;

import io.stepsync.SettingException;
import io.stepsync.camel.Suggestion;
import io.stepsync.store.budget.Budgets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses what in application.properties would do nothing, or something else than what it says: a
 * key of stepsync that there is not, one that is there twice, and a value that was meant for
 * another program.
 */
public final class KeysCheck {

  private static final String FILE = "application.properties";
  private static final String OF_THE_JAR = "/stepsync/" + FILE;
  private static final String OWN = "stepsync.";
  private static final Pattern KEY = Pattern.compile("\\s*(stepsync\\.[\\w.-]+)\\s*[=:].*");

  private static final Pattern NAMED =
      Pattern.compile(
          "(stepsync\\.[\\w.-]+) (?:and \\w+ )?must "
              + "|camel\\.beans: a \\S+ has no property that takes (\\S+)"
              + "|stream \\?: there is no setting (\\w+)");

  private static final Pattern OWN_KEY = Pattern.compile("stepsync\\.[\\w.-]*\\w");

  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");

  /** What a shell puts before the name of a variable. */
  private static final Set<String> SHELL = Set.of("export", "set");

  private final Path file;
  private final Set<String> shipped = shipped();
  private final Set<String> known = known(shipped);
  private Optional<CamelKeys> camel = Optional.empty();
  private final Map<String, PropertyLine> seen = new HashMap<>();

  private KeysCheck(Path file) {
    this.file = file;
  }

  /**
   * Checks the application.properties of a directory, if it has one.
   *
   * @throws SettingException naming file, line and key
   */
  public static void check(Path directory) {
    Path file = directory.resolve(FILE);
    if (Files.exists(file)) {
      KeysCheck check = new KeysCheck(file);
      PropertyLine.in(file).forEach(check::check);
    }
  }

  private void check(PropertyLine line) {
    requireOnce(line);
    requirePrefix(line);
    if (line.key().startsWith(OWN) && !isKnown(line.key())) {
      throw noKey(line, line.key(), Suggestion.of(line.key(), known));
    }
    String place = " (%s:%d)".formatted(file, line.line());
    if (QUOTED.matcher(line.value().strip()).matches() && !line.key().endsWith("password")) {
      throw new SettingException(
          line.key() + " must be without quotes, which are a part of a value here" + place);
    }
    checkOfCamel(line, place);
    WrittenValue.check(line.key(), line.value(), place);
    new PlaceholderCheck(this::isSet).check(file + ":", line.line(), line.value());
  }

  /**
   * Camel's own description is long, and read at each start only if there is something to check.
   */
  private void checkOfCamel(PropertyLine line, String place) {
    if (line.key().startsWith("camel.") && !shipped.contains(line.written())) {
      camel = camel.or(() -> Optional.of(new CamelKeys()));
      camel.get().check(line, place);
    }
  }

  /** The last one would win, without a word; Camel takes max-size for maxSize. */
  private void requireOnce(PropertyLine line) {
    String key = line.key().startsWith("camel.") ? CamelKeys.plain(line.key()) : line.key();
    PropertyLine earlier = seen.putIfAbsent(key, line);
    if (earlier != null) {
      throw new SettingException(
          "%s:%d must have each key once, was %s, which is on line %d too"
              .formatted(file, line.line(), line.key(), earlier.line()));
    }
  }

  /** A key of another's is one that has nothing like stepsync at its start. */
  private void requirePrefix(PropertyLine line) {
    String key = line.key();
    if (SHELL.contains(key)) {
      key = line.value().split("=", 2)[0].strip();
    }
    if (key.startsWith(OWN)) {
      return;
    }
    String first = key.split("\\.", 2)[0];
    String meant = key.replaceFirst("^[^.]*", "stepsync");
    boolean like = !Suggestion.of(first, Set.of("stepsync")).isEmpty();
    if (key.equals("stepsync") || (like && isKnown(meant))) {
      throw noKey(
          line, key, "; did you mean %s?".formatted(like ? meant : "stepsync. and its name"));
    }
    Optional<String> spelt =
        known.stream().filter(name -> letters(name).equals(letters(line.key()))).findFirst();
    if (spelt.isEmpty() && !key.equals(line.key())) {
      String variable = letters(key);
      spelt = known.stream().filter(name -> letters(name).equals(variable)).findFirst();
    }
    if (spelt.isPresent()) {
      throw noKey(line, key, "; did you mean %s?".formatted(spelt.get()));
    }
  }

  /** The variable STEPSYNC_PAGE_PORT is no key. */
  private static String letters(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  private SettingException noKey(PropertyLine line, String key, String meant) {
    return new SettingException(
        "%s:%d: there is no key %s%s".formatted(file, line.line(), key, meant));
  }

  private boolean isKnown(String key) {
    return known.contains(key)
        || (key.startsWith(Budgets.PREFIX) && key.length() > Budgets.PREFIX.length());
  }

  private boolean isSet(String key) {
    return seen.containsKey(key) || System.getProperty(key) != null;
  }

  /**
   * Returns {@code problem} with the place of the key that it names, if the directory's
   * application.properties has that.
   */
  public static SettingException placed(Path directory, SettingException problem) {
    Path file = directory.resolve(FILE);
    Matcher named = NAMED.matcher(problem.getMessage());
    if (!named.lookingAt() || !Files.exists(file)) {
      return problem;
    }
    List<PropertyLine> lines = PropertyLine.in(file);
    if (named.group(1) != null) {
      return OWN_KEY
          .matcher(problem.getMessage())
          .results()
          .filter(key -> System.getenv(variable(key.group())) == null) // which goes before the file
          .flatMap(key -> lines.stream().filter(line -> line.key().equals(key.group())))
          .findFirst()
          .map(line -> "%s (%s:%d)".formatted(problem.getMessage(), file, line.line()))
          .map(message -> new SettingException(message, problem))
          .orElse(problem);
    }
    String name = CamelKeys.plain(named.group(named.group(2) != null ? 2 : 3));
    return lines.stream()
        .filter(line -> isOfCamel(line.key(), name))
        .findFirst()
        .map(
            line ->
                "%s:%d: there is no key %s%s"
                    .formatted(file, line.line(), line.key(), new CamelKeys().like(line.key())))
        .map(message -> new SettingException(message, problem))
        .orElse(problem);
  }

  /** Returns the variable of the environment that goes before a key. */
  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
  }

  private static boolean isOfCamel(String key, String name) {
    return key.startsWith("camel.") && CamelKeys.plain(key).endsWith("." + name);
  }

  private static Set<String> known(Set<String> shipped) {
    Set<String> known = new TreeSet<>(Set.of("stepsync.migrate"));
    shipped.stream()
        .map(line -> KEY.matcher(line.replaceFirst("^#\\s*", "")))
        .filter(Matcher::matches)
        .forEach(key -> known.add(key.group(1)));
    return known;
  }

  /** Returns the lines of the file that comes with the program. */
  private static Set<String> shipped() {
    try (InputStream jar = KeysCheck.class.getResourceAsStream(OF_THE_JAR)) {
      return new String(jar.readAllBytes(), StandardCharsets.UTF_8).lines().collect(toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
