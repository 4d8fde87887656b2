package io.stepsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {

  private static RowReader reader(String columns) {
    return new RowReader(
        TableSettings.parse("user", "id", ColumnsText.parse(columns), null, "evolve", true));
  }

  private static void assertRefused(String columns, Map<String, Object> record, String reason) {
    assertThatThrownBy(() -> reader(columns).read(record))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(reason);
  }

  @Test
  void a_row_has_a_value_a_column_in_the_order_of_the_columns() {
    assertThat(
            reader("name: STRING, id: LONG, e.mail: STRING")
                .read(Map.of("id", 1, "more", List.of(), "e.mail", "a@b", "name", "Zoë")))
        .containsExactly("Zoë", 1L, "a@b");
  }

  @Test
  void a_missing_value_and_null_are_null() {
    Map<String, Object> record = new HashMap<>();
    record.put("id", 1);
    record.put("name", null);

    assertThat(reader("id: LONG, name: STRING, data: JSON").read(record))
        .containsExactly(1L, null, null);
  }

  @Test
  void a_required_value_that_is_missing_or_null_is_refused() {
    String columns = "id: LONG, name: STRING!";

    assertRefused(columns, Map.of("id", 1), "column name is required, was missing");
    assertRefused(columns, Map.of("name", "x"), "column id is required, was missing");
    assertRefused(
        columns, Collections.singletonMap("id", null), "column id is required, was missing");
  }

  @Test
  void the_reason_names_column_type_and_value() {
    assertRefused("id: LONG", Map.of("id", "x"), "column id must be LONG, was \"x\"");
    assertRefused("id: SHORT", Map.of("id", 32768), "column id must be SHORT, was 32768");
    assertRefused(
        "id: DECIMAL( 10, 2 )",
        Map.of("id", new BigDecimal("1.105")),
        "column id must be DECIMAL(10,2), was 1.105");
    assertRefused(
        "id: STRING", Map.of("id", Map.of("a", 1)), "column id must be STRING, was {\"a\":1}");
    assertRefused(
        "id: UTC_DATETIME",
        Map.of("id", "2026-11-15"),
        "column id must be UTC_DATETIME, was \"2026-11-15\"");
    assertRefused("id: BINARY", Map.of("id", "A"), "column id must be BINARY, was \"A\"");
  }

  @Test
  void a_long_value_is_shortened_to_40_characters() {
    assertRefused(
        "id: LONG",
        Map.of("id", "x".repeat(38)),
        "column id must be LONG, was \"" + "x".repeat(38) + '"');
    assertRefused(
        "id: LONG",
        Map.of("id", "x".repeat(39)),
        "column id must be LONG, was \"" + "x".repeat(39) + "…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BOOLEAN",
        "SHORT",
        "INT",
        "LONG",
        "DECIMAL(10,2)",
        "FLOAT",
        "DOUBLE",
        "NAIVE_DATE",
        "NAIVE_TIME",
        "NAIVE_DATETIME",
        "UTC_DATETIME",
        "BINARY",
        "XML",
        "STRING"
      })
  void each_type_but_json_refuses_a_list_by_its_name(String type) {
    assertRefused(
        "id: " + type, Map.of("id", List.of(1)), "column id must be " + type + ", was [1]");
  }
}
