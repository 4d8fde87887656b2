package io.stepsync.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.jdbc.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnTablesTest {

  private static final Path SQL = Path.of("src/main/resources/stepsync/db");

  static Stream<Arguments> dialects() {
    return ServiceLoader.load(Dialect.class).stream()
        .map(ServiceLoader.Provider::get)
        .map(dialect -> Arguments.of(dialect.urlWord(), dialect));
  }

  /** {@code -Dstepsync.write=true} writes the files. */
  @ParameterizedTest
  @MethodSource("dialects")
  void the_plain_sql_is_that_of_the_migrations(String name, Dialect dialect) throws IOException {
    Path file = SQL.resolve(name + ".sql");
    String sql = migrations(dialect.placeholders());
    if (Boolean.getBoolean("stepsync.write")) {
      Files.writeString(file, sql);
    }
    assertThat(Files.readString(file)).isEqualTo(sql);
  }

  /** All that the code before a migration needs to go on with the tables that it leaves. */
  private static final Pattern LEAVES_OLDER_NODES_ALONE =
      Pattern.compile(
          "CREATE (TABLE|\\$\\{table}) .*|CREATE INDEX .*"
              + "|ALTER TABLE \\w+ ADD COLUMN \\w+ [\\w(),${}]+( DEFAULT \\S+ NOT NULL)?");

  static Stream<Arguments> migrationsBehindTheFirst() throws IOException {
    List<Arguments> migrations = new ArrayList<>();
    for (Path file : migrations()) {
      if (!file.getFileName().toString().startsWith("V1_")) {
        migrations.add(Arguments.of(file.getFileName(), Files.readString(file, UTF_8)));
      }
    }
    return migrations.stream();
  }

  /** In an upgrade nodes of both versions share the tables: the older ones know no new column. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("migrationsBehindTheFirst")
  void a_migration_adds_tables_and_columns_that_older_nodes_need_not_fill(Path name, String sql) {
    String statements = sql.replaceAll("--.*", "");

    assertThat(Stream.of(statements.split(";", -1)).map(String::strip).filter(s -> !s.isEmpty()))
        .isNotEmpty()
        .allMatch(
            statement ->
                LEAVES_OLDER_NODES_ALONE.matcher(statement.replaceAll("\\s+", " ")).matches());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE stepsync_run ADD COLUMN node VARCHAR(200) NOT NULL",
        "ALTER TABLE stepsync_run DROP COLUMN head",
        "ALTER TABLE stepsync_run RENAME COLUMN head TO highest",
        "ALTER TABLE stepsync_run ADD CONSTRAINT one UNIQUE (stream)",
        "CREATE UNIQUE INDEX one ON stepsync_run (stream)",
        "DROP TABLE stepsync_pause"
      })
  void what_older_nodes_would_stumble_over_is_noticed(String statement) {
    assertThat(statement).doesNotMatch(LEAVES_OLDER_NODES_ALONE);
  }

  /** V10 comes behind V9. */
  private static int version(Path file) {
    String name = file.getFileName().toString();
    return Integer.parseInt(name.substring(1, name.indexOf("__")));
  }

  private static List<Path> migrations() throws IOException {
    try (Stream<Path> files = Files.list(SQL.resolve("migration"))) {
      return files.sorted(Comparator.comparingInt(OwnTablesTest::version)).toList();
    }
  }

  private static String migrations(Map<String, String> placeholders) throws IOException {
    StringBuilder sql =
        new StringBuilder("-- The tables of stepsync, for those who do not migrate with Flyway.\n");
    for (Path file : migrations()) {
      sql.append('\n').append(Files.readString(file, UTF_8));
    }
    String text = sql.toString();
    for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
      text = text.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
    }
    return text;
  }
}
