package io.stepsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id: LONG\nname: STRING!\nprice: DECIMAL(10,2)",
        "id: LONG\r\nname: STRING!\r\nprice: DECIMAL(10,2)\r\n",
        "id: LONG, name: STRING!, price: DECIMAL(10,2)",
        "id: LONG,name: STRING!,price: DECIMAL(10,2),",
        "\n\n  id : LONG\n\n name:STRING!, \n\tprice:   DECIMAL(10,2)  "
      })
  void columns_stand_in_lines_or_behind_commas_and_keep_their_order(String text) {
    assertThat(ColumnsText.parse(text))
        .containsExactly(
            entry("id", "LONG"), entry("name", "STRING!"), entry("price", "DECIMAL(10,2)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DECIMAL(10,2)", "DECIMAL(10, 2)", "DECIMAL( 10 , 2 )", "DECIMAL(10,2)!"})
  void the_comma_of_a_decimal_separates_nothing(String type) {
    assertThat(ColumnsText.parse("a: " + type + ", b: " + type + ", c: STRING"))
        .containsExactly(entry("a", type), entry("b", type), entry("c", "STRING"));
  }

  @Test
  void a_name_may_hold_colons_dashes_dots_and_blanks() {
    assertThat(ColumnsText.parse("xml:lang: STRING\ne-mail: STRING\na.b: INT\nfirst name: STRING"))
        .containsOnlyKeys("xml:lang", "e-mail", "a.b", "first name");
  }

  @Test
  void what_comes_after_a_type_may_hold_colons_and_commas_in_parentheses() {
    assertThat(
            ColumnsText.parse(
                "dc:title: STRING! = /dc:title, at: UTC_DATETIME(seconds) nulls(\"\", 0:00), n: INT"))
        .containsExactly(
            entry("dc:title", "STRING! = /dc:title"),
            entry("at", "UTC_DATETIME(seconds) nulls(\"\", 0:00)"),
            entry("n", "INT"));
  }

  @ParameterizedTest
  @CsvSource({"name, name", "id LONG, id LONG"})
  void a_column_without_a_colon_is_refused(String part, String shown) {
    assertThatThrownBy(() -> ColumnsText.parse("x: INT\n" + part))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("columns must be lines of name: TYPE, was " + shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id: LONG\nid: LONG", "id: LONG, name: STRING, id: STRING"})
  void a_column_that_is_named_twice_is_refused(String text) {
    assertThatThrownBy(() -> ColumnsText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("columns must have a name each, was id twice");
  }

  @Test
  void names_that_differ_in_case_are_two_columns() {
    assertThat(ColumnsText.parse("id: LONG, ID: LONG")).containsOnlyKeys("id", "ID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n ", ","})
  void a_blank_text_has_no_columns(String text) {
    assertThat(ColumnsText.parse(text)).isEmpty();
  }

  @Test
  void the_keys_columns_come_first_in_the_keys_order_and_the_rest_by_name() {
    Map<String, String> types =
        new TreeMap<>(Map.of("a", "INT", "b", "LONG", "id", "STRING", "region", "XML"));

    assertThat(ColumnsText.keyFirst(" region , id ", types))
        .containsExactly(
            entry("region", "XML"), entry("id", "STRING"), entry("a", "INT"), entry("b", "LONG"));
  }

  @Test
  void a_key_that_is_no_column_is_left_out() {
    assertThat(ColumnsText.keyFirst("id,x,id", Map.of("b", "INT", "id", "LONG")))
        .containsExactly(entry("id", "LONG"), entry("b", "INT"));
    assertThat(ColumnsText.keyFirst(null, Map.of("b", "INT"))).containsExactly(entry("b", "INT"));
  }

  @Test
  void names_stand_behind_commas() {
    assertThat(ColumnsText.names("region, id ,e-mail")).containsExactly("region", "id", "e-mail");
  }
}
