package io.stepsync.store.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.store.OwnTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Tables that can hold many rows are read in parts, of which none costs more than the first. */
class OrderedPartsTest {

  private static final Path STATEMENTS = Path.of("src/main/resources/stepsync/sql");

  @TempDir Path directory;

  static List<Path> statementsWithALimit() throws IOException {
    try (Stream<Path> files = Files.list(STATEMENTS)) {
      return files.filter(file -> read(file).contains("LIMIT")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("statementsWithALimit")
  void hsqldb_reads_a_part_for_the_routes_in_the_order_of_its_index(Path file) throws Exception {
    String statement =
        read(file)
            .replaceAll(":\\?\\w*like", "'%'")
            .replaceAll(":\\?(stream|run)", "'s'")
            .replaceAll(":\\?\\w+", "1");
    assertOrderedByIndex(statement);
  }

  @Test
  void there_are_such_statements() throws IOException {
    assertThat(statementsWithALimit())
        .extracting(file -> file.getFileName().toString())
        .contains("dead-letter-records.sql", "missing-next.sql", "history-old.sql");
  }

  @Test
  void hsqldb_reads_a_part_of_a_list_in_the_order_of_its_index() throws Exception {
    assertOrderedByIndex(DeadLetterTable.LIST);
  }

  private void assertOrderedByIndex(String statement) throws SQLException {
    String plan = plan(statement);
    assertThat(times("uses index", plan)).isPositive().isEqualTo(times("order by=[", plan));
  }

  private static int times(String part, String text) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private String plan(String statement) throws SQLException {
    DriverManagerDataSource database =
        new DriverManagerDataSource(
            "jdbc:hsqldb:file:" + directory.resolve("own") + ";shutdown=true", "SA", "");
    OwnTables.migrate(database);
    return String.join(
        "\n",
        new JdbcTemplate(database).queryForList("EXPLAIN PLAN FOR " + statement, String.class));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
