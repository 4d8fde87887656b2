package io.stepsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {

  private static RowReader reader(String columns) {
    return new RowReader(
        TableSettings.parse("user", "id", ColumnsText.parse(columns), null, "evolve", true));
  }

  private static void assertRefused(String columns, Map<String, Object> record, String reason) {
    assertThatThrownBy(() -> reader(columns).read(record, new TreeSet<>()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(reason);
  }

  @Test
  void a_row_has_a_value_a_column_in_the_order_of_the_columns() {
    assertThat(
            reader("name: STRING, id: LONG, e.mail: STRING")
                .read(
                    Map.of("id", 1, "more", List.of(), "e.mail", "a@b", "name", "Zoë"),
                    new TreeSet<>()))
        .containsExactly("Zoë", 1L, "a@b");
  }

  @Test
  void a_missing_value_and_null_are_null() {
    Map<String, Object> record = new HashMap<>();
    record.put("id", 1);
    record.put("name", null);

    assertThat(reader("id: LONG, name: STRING, data: JSON").read(record, new TreeSet<>()))
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

  @Test
  void a_column_takes_its_value_from_another_place() {
    RowReader reader =
        reader(
            "id: LONG = /_source/id, city: STRING! = /_source/address/city, tag: STRING = /tags/0");

    assertThat(
            reader.read(
                Map.of(
                    "_source",
                    Map.of("id", 7, "address", Map.of("city", "Ulm")),
                    "tags",
                    List.of("a", "b")),
                new TreeSet<>()))
        .containsExactly(7L, "Ulm", "a");
    assertRefused(
        "id: LONG, city: STRING! = /address/city",
        Map.of("id", 1, "address", "Ulm"),
        "column city is required, was missing");
  }

  @Test
  void texts_of_a_stream_or_a_column_mean_that_there_is_no_value() {
    RowReader reader =
        new RowReader(
            TableSettings.parse(
                "user",
                "id",
                ColumnsText.parse(
                    "id: LONG, born: NAIVE_DATE, seen: UTC_DATETIME nulls(never), size: INT nulls(),"
                        + " name: STRING, note: STRING nulls(\"\", N/A)"),
                "\"\", 0000-00-00",
                null,
                "evolve",
                true));

    assertThat(
            reader.read(
                Map.of("id", 1, "born", "0000-00-00", "seen", "never", "name", "", "note", "N/A"),
                new TreeSet<>()))
        .containsExactly(1L, null, null, null, "", null);
    assertThatThrownBy(() -> reader.read(Map.of("id", 1, "size", ""), new TreeSet<>()))
        .hasMessage("column size must be INT, was \"\"");
    assertThatThrownBy(() -> reader.read(Map.of("id", ""), new TreeSet<>()))
        .hasMessage("column id is required, was \"\"");
  }

  @Test
  void a_moment_is_a_number_of_seconds_or_milliseconds() {
    RowReader reader =
        reader("id: LONG, at: UTC_DATETIME(seconds)!, to: UTC_DATETIME(millis) = /range/to");

    assertThat(
            reader.read(
                Map.of("id", 1, "at", 1_763_168_300, "range", Map.of("to", "1763168300123")),
                new TreeSet<>()))
        .containsExactly(
            1L,
            OffsetDateTime.parse("2025-11-15T00:58:20Z"),
            OffsetDateTime.parse("2025-11-15T00:58:20.123Z"));
    assertRefused(
        "id: LONG, at: UTC_DATETIME(seconds)",
        Map.of("id", 1, "at", "2026-11-15T00:58:20Z"),
        "column at must be UTC_DATETIME(seconds), was \"2026-11-15T00:58:20Z\"");
  }

  @Test
  void a_moment_that_a_database_would_round_is_refused() {
    RowReader reader = reader("id: LONG, at: UTC_DATETIME, on: NAIVE_TIME");

    assertThat(
            reader.read(
                Map.of("id", 1, "at", "2026-11-15T00:58:20.123456000Z", "on", "01:02:03.1000000"),
                new TreeSet<>()))
        .containsExactly(
            1L,
            OffsetDateTime.parse("2026-11-15T00:58:20.123456Z"),
            LocalTime.of(1, 2, 3, 100_000_000));
    assertRefused(
        "id: LONG, at: UTC_DATETIME",
        Map.of("id", 1, "at", "2026-11-15T00:58:20.1234567Z"),
        "column at must be UTC_DATETIME, of which a database keeps six decimals,"
            + " was \"2026-11-15T00:58:20.1234567Z\"");
  }

  @Test
  void fields_that_have_no_column_are_told() {
    Set<String> uncopied = new TreeSet<>();
    RowReader reader = reader("id: LONG, city: STRING = /address/city, tags: JSON");
    Map<String, Object> record = new HashMap<>();
    record.put("id", 1);
    record.put("empty", null);
    record.put("tags", Map.of("a", 1));

    reader.read(record, uncopied);
    assertThat(uncopied).isEmpty();

    record.put("name", "Zoë");
    record.put("address", Map.of("city", "Ulm", "zip", "89073"));
    reader.read(record, uncopied);
    assertThat(uncopied).containsExactly("/address/zip", "name");
  }

  @Test
  void fields_beside_a_value_in_an_object_are_told_whatever_the_number_of_values() {
    Set<String> uncopied = new TreeSet<>();

    reader("id: LONG, city: STRING = /address/city")
        .read(Map.of("id", 1, "address", Map.of("city", "Ulm", "zip", "89073")), uncopied);

    assertThat(uncopied).containsExactly("/address/zip");
  }
}
