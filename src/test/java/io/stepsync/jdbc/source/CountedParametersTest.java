package io.stepsync.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import org.hsqldb.jdbc.JDBCDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountedParametersTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "SELECT 1 | 0",
        "SELECT ? FROM t WHERE a = ? AND b - ? > c / ? | 4",
        "SELECT '?', \"a?\", `b?` FROM t WHERE a = ? | 1",
        "SELECT 'it''s ?' FROM t WHERE \"q\"\"?\" = ? | 1",
        "SELECT * FROM JSON_TABLE(?, '$[*]' COLUMNS (a INT PATH '$[0]')) | 1",
        "INSERT INTO t VALUES (?,?),(?,?) | 4",
      })
  void parameters_are_counted_outside_of_quotes(String sql, int count) {
    assertThat(CountedParameters.count(sql)).hasValue(count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ? -- why?",
        "SELECT /* ? */ ?",
        "SELECT ? # why?",
        "SELECT $$?$$",
        "SELECT a ?? 'b'",
        "SELECT a ?| ?",
        "SELECT 'it\\'s ?'",
        "SELECT 'open",
      })
  void where_a_question_mark_may_be_something_else_it_is_the_driver_that_counts(String sql) {
    assertThat(CountedParameters.count(sql)).isEmpty();
  }

  @Test
  void a_statement_tells_what_the_driver_tells() throws SQLException {
    try (Connection connection = connection();
        PreparedStatement counted = connection.prepareStatement("VALUES (? + 1, CAST(? AS DATE))");
        PreparedStatement uncertain = connection.prepareStatement("VALUES (? + 1) -- ?")) {
      assertThat(counted.getParameterMetaData().getParameterCount()).isEqualTo(2);
      assertThat(counted.getParameterMetaData().getParameterTypeName(2)).isEqualTo("DATE");
      assertThat(uncertain.getParameterMetaData().getParameterCount()).isEqualTo(1);
    }
  }

  @Test
  void a_statement_does_not_ask_the_server_of_what_type_a_parameter_is() throws SQLException {
    try (Connection connection = connection();
        PreparedStatement counted = connection.prepareStatement("VALUES (? + 1)")) {
      assertThatThrownBy(() -> counted.getParameterMetaData().getParameterType(1))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
    }
  }

  @Test
  void what_the_database_refuses_is_thrown_as_it_is() throws SQLException {
    try (Connection connection = connection()) {
      assertThat(List.of(connection)).contains(connection).doesNotContain(connection());
      assertThatThrownBy(() -> connection.prepareStatement("SELECT ? FROM nowhere"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("NOWHERE");
    }
  }

  private Connection connection() throws SQLException {
    JDBCDataSource database = new JDBCDataSource();
    database.setUrl("jdbc:hsqldb:file:" + directory.resolve("counted"));
    return new CountedParameters(database).getConnection("SA", "");
  }
}
