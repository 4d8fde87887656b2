package io.stepsync.store;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds that of Java, only {@code io.stepsync.store} has SQL on stepsync's own tables. */
class OwnTablesAreReadHereAloneTest {

  private static final Path MAIN = Path.of("src/main/java");
  private static final Path STORE = MAIN.resolve("io/stepsync/store");
  private static final Path MIGRATIONS = Path.of("src/main/resources/stepsync/db/migration");

  /** What has their names all the same, by its file in io/stepsync, and which. */
  private static final Map<String, List<String>> ALLOWED =
      Map.of(
          // the statements join it with a stream's table, of whose dialect they are
          "jdbc/MissingRows.java", List.of("stepsync_missing"),
          // tells a person which row is damaged
          "cli/dryrun/StreamCheckup.java", List.of("stepsync_state"));

  /** A migration may have a placeholder for TABLE. */
  private static final Pattern MADE = Pattern.compile("(?m)^CREATE \\S+ (stepsync_\\w+) \\(");

  /** A string, or what is to be passed over as there may be a quote in it. */
  private static final Pattern STRING_OR_OTHER =
      Pattern.compile(
          "(\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\")"
              + "|'(?:\\\\.|[^'\\\\])'|/\\*[\\s\\S]*?\\*/|//[^\\n]*");

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Set<String> ownTables() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path migration : files(MIGRATIONS)) {
      MADE.matcher(Files.readString(migration)).results().forEach(made -> names.add(made.group(1)));
    }
    return names;
  }

  private static Set<String> named(String source, Set<String> tables) {
    String strings =
        String.join(
            "\n",
            STRING_OR_OTHER
                .matcher(source)
                .results()
                .map(found -> found.group(1))
                .filter(string -> string != null)
                .toList());
    return tables.stream()
        .filter(table -> Pattern.compile("(?i)\\b" + table + "\\b").matcher(strings).find())
        .collect(toCollection(TreeSet::new));
  }

  @Test
  void the_migrations_tell_which_they_are() throws IOException {
    assertThat(ownTables())
        .contains("stepsync_state", "stepsync_run", "stepsync_window", "stepsync_missing");
  }

  @Test
  void no_string_outside_the_store_names_one() throws IOException {
    Map<String, List<String>> found = new TreeMap<>();
    for (Path file : files(MAIN)) {
      Set<String> names = named(Files.readString(file), ownTables());
      if (!file.startsWith(STORE) && !names.isEmpty()) {
        String shown = MAIN.resolve("io/stepsync").relativize(file).toString().replace('\\', '/');
        found.put(shown, List.copyOf(names));
      }
    }

    assertThat(found).isEqualTo(ALLOWED);
  }
}
