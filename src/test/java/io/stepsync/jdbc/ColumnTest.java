package io.stepsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTest {

  @ParameterizedTest
  @CsvSource({
    "STRING, false, false",
    "STRING!, false, true",
    "STRING, true, true",
    "STRING!, true, true",
    "' STRING! ', false, true"
  })
  void a_column_is_required_with_an_exclamation_mark_or_in_the_key(
      String text, boolean key, boolean required) {
    assertThat(Column.parse("name", text, key))
        .isEqualTo(new Column("name", ColumnType.parse("STRING"), required));
  }

  @Test
  void a_decimal_can_be_required() {
    assertThat(Column.parse("price", "DECIMAL(10,2)!", false))
        .isEqualTo(new Column("price", ColumnType.parse("DECIMAL(10,2)"), true));
  }

  @ParameterizedTest
  @CsvSource({
    "UTC_DATETIME rounded, false",
    "'DECIMAL(10,2)! rounded ', true",
    "FLOAT  rounded, false"
  })
  void a_column_may_be_rounded(String text, boolean required) {
    Column column = Column.parse("a", text, false);

    assertThat(column.rounded()).isTrue();
    assertThat(column.required()).isEqualTo(required);
  }

  @ParameterizedTest
  @CsvSource({"STRING rounded, false", "LONG! rounded, false", "UTC_DATETIME rounded, true"})
  void what_cannot_be_rounded_or_decides_about_records_is_not(String text, boolean key) {
    assertThatThrownBy(() -> Column.parse("a", text, key))
        .hasMessage(
            "columns.a: rounded must be a column of times, DECIMAL, FLOAT or DOUBLE that is neither"
                + " in primaryKey nor versionColumn, was "
                + text.replaceAll("[! ].*", ""));
  }

  @ParameterizedTest
  @CsvSource({"STRING! widened, true", "JSON widened, false", "DOUBLE  widened, false"})
  void a_column_may_be_widened(String text, boolean required) {
    Column column = Column.parse("a", text, false);

    assertThat(column.widened()).isTrue();
    assertThat(column.rounded()).isFalse();
    assertThat(column.required()).isEqualTo(required);
    assertThat(Column.parse("a", column.text(), false)).isEqualTo(column);
  }

  @ParameterizedTest
  @CsvSource({"LONG widened, false", "'DECIMAL(9,2) widened', false", "STRING widened, true"})
  void what_grows_by_itself_or_is_a_key_is_not_widened(String text, boolean key) {
    assertThatThrownBy(() -> Column.parse("a", text, key))
        .hasMessage(
            "columns.a: widened must be a column of STRING, JSON, XML, FLOAT or DOUBLE that is not"
                + " in primaryKey, was "
                + text.replaceAll(" .*", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "TEXT", "STRING!!", "!STRING"})
  void a_wrong_type_is_refused_by_the_name_of_its_column(String text) {
    assertThatThrownBy(() -> Column.parse("e-mail", text, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("columns.e-mail: type must be one of ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void a_column_without_a_name_is_refused(String name) {
    assertThatThrownBy(() -> Column.parse(name, "STRING", false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("columns must have names, was '" + name + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STRING = /address/city | STRING | false | /address/city | [] | ",
        "STRING!=/a~1b | STRING | true | /a~1b | [] | ",
        "'DECIMAL(10, 2)! nulls(-, n/a) = /a/0' | DECIMAL(10,2) | true | /a/0 | [-, n/a] | ",
        "UTC_DATETIME(millis) | UTC_DATETIME | false | /at | [none] | MILLIS",
        "UTC_DATETIME( seconds )! nulls() | UTC_DATETIME | true | /at | [] | SECONDS"
      })
  void a_column_may_have_a_place_null_texts_and_a_unit(
      String text, String type, boolean required, String place, String nulls, ChronoUnit unit) {
    Column column = Column.parse("at", text, false, Set.of("none"));

    assertThat(column.type()).isEqualTo(ColumnType.parse(type));
    assertThat(column.required()).isEqualTo(required);
    assertThat(column.place().pointer()).hasToString(place);
    assertThat(new TreeSet<>(column.nulls())).hasToString(nulls);
    assertThat(column.since1970()).isEqualTo(unit);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STRING = address | type must be one of",
        "NAIVE_DATE(seconds) | type must be one of",
        "UTC_DATETIME(hours) | UTC_DATETIME must be (seconds) or (millis) since 1970, or without,"
            + " was (hours)",
        "INT nulls(a,,b) | nulls must be texts with commas between, the empty one as \"\", was a,,b",
        "INT nulls(\"a) | nulls must be texts with commas between, the empty one as \"\", was \"a"
      })
  void what_a_column_cannot_have_is_refused(String text, String message) {
    assertThatThrownBy(() -> Column.parse("at", text, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("columns.at: " + message);
  }
}
