package io.stepsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.jdbc.ColumnType.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DECIMAL")
  void each_type_is_read_by_its_name_and_shown_by_it(Kind kind) {
    ColumnType type = ColumnType.parse(kind.name());

    assertThat(type).isEqualTo(new ColumnType(kind, 0, 0));
    assertThat(type).hasToString(kind.name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DECIMAL(10,2)     | 10 | 2",
        "DECIMAL( 10 , 2 ) | 10 | 2",
        "DECIMAL(1,0)      |  1 | 0",
        "DECIMAL(1,1)      |  1 | 1",
        "DECIMAL(38,38)    | 38 | 38"
      })
  void a_decimal_has_precision_and_scale(String text, int precision, int scale) {
    assertThat(ColumnType.parse(text)).isEqualTo(new ColumnType(Kind.DECIMAL, precision, scale));
  }

  @Test
  void a_decimal_is_shown_with_precision_and_scale() {
    assertThat(ColumnType.parse("DECIMAL( 10, 2 )")).hasToString("DECIMAL(10,2)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DECIMAL(0,0)", "DECIMAL(39,2)", "DECIMAL(5,6)", "DECIMAL(99,99)"})
  void a_decimal_out_of_range_is_refused(String text) {
    assertThatThrownBy(() -> ColumnType.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("type DECIMAL(p,s) must have 1 <= p <= 38 and 0 <= s <= p, was " + text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "string",
        "TEXT",
        "STRING(20)",
        "DECIMAL",
        "DECIMAL(10)",
        "DECIMAL(10,2",
        "DECIMAL(-1,2)",
        "DECIMAL(100,2)"
      })
  void what_is_no_type_is_refused_with_the_list_of_types(String text) {
    assertThatThrownBy(() -> ColumnType.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "type must be one of BOOLEAN, SHORT, INT, LONG, DECIMAL(p,s), FLOAT, DOUBLE,"
                + " NAIVE_DATE, NAIVE_TIME, NAIVE_DATETIME, UTC_DATETIME, BINARY, JSON, XML,"
                + " STRING, was "
                + text);
  }
}
