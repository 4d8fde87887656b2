package io.stepsync.jdbc.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "user              |       | user      | user",
        "sales.order       | sales | order     | sales.order",
        "\"user\"          |       | user      | user",
        "\"a.b\"           |       | a.b       | \"a.b\"",
        "\"a.b\".\"c.\"\"d\" | a.b   | c.\"d     | \"a.b\".\"c.\"\"d\"",
        "sel\"ect          |       | sel\"ect  | sel\"ect",
        "s.sel\"ect        | s     | sel\"ect  | s.sel\"ect",
        "\"\"\"q\"          |       | \"q        | \"\"\"q\"",
        "we ird-na$me      |       | we ird-na$me | we ird-na$me"
      })
  void a_dot_parts_schema_and_table_unless_it_is_in_quotes(
      String text, String schema, String name, String written) {
    TableName table = TableName.parse(text);

    assertThat(table).isEqualTo(new TableName(schema, name)).hasToString(written);
    assertThat(TableName.parse(table.toString())).isEqualTo(table);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b.c", ".a", "a.", "a..b", ".", "\"a", "\"a\"b", "\"\"", "a.\"b"})
  void what_is_no_name_is_refused(String text) {
    assertThatThrownBy(() -> TableName.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "table must be a name, or a schema and a name with a dot between, and a name that has a"
                + " dot in double quotes, was "
                + text);
  }

  @Test
  void a_name_without_a_schema_is_in_that_of_the_connection() {
    assertThat(TableName.parse("a").within("s")).isEqualTo(TableName.parse("s.a"));
    assertThat(TableName.parse("t.a").within("s")).isEqualTo(TableName.parse("t.a"));
  }
}
