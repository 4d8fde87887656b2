package io.stepsync.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OwnTablesTest {

  private static final Path SQL = Path.of("src/main/resources/stepsync/db");

  static Stream<Arguments> dialects() {
    return Stream.of(
        Arguments.of("hsqldb", new HsqldbDialect()),
        Arguments.of("postgresql", new PostgresDialect()),
        Arguments.of("mariadb", new MariaDbDialect()));
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

  private static String migrations(Map<String, String> placeholders) throws IOException {
    StringBuilder sql =
        new StringBuilder("-- The tables of stepsync, for those who do not migrate with Flyway.\n");
    try (Stream<Path> files = Files.list(SQL.resolve("migration"))) {
      List<Path> sorted = files.sorted().toList();
      for (Path file : sorted) {
        sql.append('\n').append(Files.readString(file, UTF_8));
      }
    }
    String text = sql.toString();
    for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
      text = text.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
    }
    return text;
  }
}
