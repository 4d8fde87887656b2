package io.stepsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowRowsTest {

  @Test
  void of_two_rows_that_the_database_takes_alone_but_not_together_the_later_is_refused()
      throws Exception {
    WindowRows rows = rows("id", "id: LONG");
    for (long id = 1; id <= 4; id++) {
      rows.add(id, Map.of("id", id));
    }

    rows.removeRefused(
        columns ->
            java.util.List.of(columns.get(0)).containsAll(java.util.List.of(1L, 4L))
                ? java.util.Optional.of("1 and 4 have the same name")
                : java.util.Optional.empty());

    assertThat(rows.refusedIds()).containsExactly(4L);
    assertThat(rows.rowCount()).isEqualTo(3);
  }

  private static WindowRows rows(String primaryKey, String columns) {
    return new WindowRows(
        TableSettings.parse("user", primaryKey, ColumnsText.parse(columns), null, "evolve", true));
  }

  @Test
  void there_is_an_array_a_column_with_a_value_a_row() {
    WindowRows rows = rows("id", "id: LONG, name: STRING, price: DECIMAL(5,2)");

    rows.add(1, Map.of("id", 1, "name", "Ada", "price", 1));
    rows.add(2, Map.of("id", 2));

    assertThat(rows.columnValues())
        .containsExactly(
            new Object[] {1L, 2L},
            new Object[] {"Ada", null},
            new Object[] {new BigDecimal("1.00"), null});
    assertThat(rows.rowCount()).isEqualTo(2);
    assertThat(rows.records()).isEqualTo(2);
    assertThat(rows.duplicates()).isZero();
  }

  @Test
  void a_window_without_records_has_empty_arrays() {
    WindowRows rows = rows("id", "id: LONG, name: STRING");

    assertThat(rows.columnValues()).containsExactly(new Object[0], new Object[0]);
    assertThat(rows.rowCount()).isZero();
    assertThat(rows.records()).isZero();
    assertThat(rows.deadLetters()).isEmpty();
  }

  @Test
  void of_two_records_with_the_same_key_the_later_one_wins() {
    WindowRows rows = rows("id", "id: LONG, name: STRING");

    rows.add(1, Map.of("id", 1, "name", "old"));
    rows.add(2, Map.of("id", 2, "name", "other"));
    rows.add(1, Map.of("id", "1", "name", "new"));
    rows.add(1, Map.of("id", 1, "name", "newest"));

    assertThat(rows.columnValues())
        .containsExactly(new Object[] {1L, 2L}, new Object[] {"newest", "other"});
    assertThat(rows.rowCount()).isEqualTo(2);
    assertThat(rows.records()).isEqualTo(4);
    assertThat(rows.duplicates()).isEqualTo(2);
  }

  @Test
  void a_composite_key_is_the_same_only_when_each_part_is() {
    WindowRows rows = rows("region,id", "id: LONG, name: STRING, region: STRING");

    rows.add(1, Map.of("region", "eu", "id", 1, "name", "a"));
    rows.add(1, Map.of("region", "us", "id", 1, "name", "b"));
    rows.add(2, Map.of("region", "eu", "id", 2, "name", "c"));
    rows.add(1, Map.of("region", "eu", "id", 1, "name", "d"));

    assertThat(rows.columnValues().get(1)).containsExactly("d", "b", "c");
    assertThat(rows.duplicates()).isEqualTo(1);
  }

  @Test
  void the_parts_of_a_composite_key_do_not_run_into_one_another() {
    WindowRows rows = rows("a,b", "a: STRING, b: STRING");

    rows.add(1, Map.of("a", "1", "b", "11"));
    rows.add(2, Map.of("a", "11", "b", "1"));
    rows.add(3, Map.of("a", "1, 1", "b", "1"));
    rows.add(4, Map.of("a", "1", "b", "1, 1"));

    assertThat(rows.rowCount()).isEqualTo(4);
  }

  @Test
  void binary_keys_are_the_same_when_their_bytes_are() {
    WindowRows rows = rows("id", "id: BINARY, name: STRING");
    WindowRows composite = rows("id,name", "id: BINARY, name: STRING");

    for (String id : new String[] {"AAE=", "AAI=", "AAE="}) {
      rows.add(1, Map.of("id", id, "name", "x"));
      composite.add(1, Map.of("id", id, "name", "x"));
    }

    assertThat(rows.rowCount()).isEqualTo(2);
    assertThat(rows.columnValues().get(0)[0]).isEqualTo(new byte[] {0, 1});
    assertThat(composite.rowCount()).isEqualTo(2);
  }

  @Test
  void decimal_and_utc_keys_are_the_same_however_they_are_written() {
    WindowRows decimals = rows("id", "id: DECIMAL(10,2)");
    WindowRows moments = rows("at", "at: UTC_DATETIME");

    decimals.add(1, Map.of("id", new BigDecimal("1.1")));
    decimals.add(1, Map.of("id", "1.100"));
    moments.add(1, Map.of("at", "2026-11-15T00:58:20Z"));
    moments.add(1, Map.of("at", "2026-11-15T01:58:20+01:00"));

    assertThat(decimals.rowCount()).isEqualTo(1);
    assertThat(moments.rowCount()).isEqualTo(1);
  }

  @Test
  void refused_records_become_dead_letters_in_the_order_of_the_answer() {
    WindowRows rows = rows("id", "id: LONG, age: INT");

    rows.add(7, Map.of("id", 7, "age", "old"));
    rows.add(3, Map.of("id", 3, "age", 30));
    rows.add(5, Map.of("age", 5));

    assertThat(rows.deadLetters())
        .extracting(DeadLetter::id, DeadLetter::reason)
        .containsExactly(
            tuple(7L, "column age must be INT, was \"old\""),
            tuple(5L, "column id is required, was missing"));
    assertThat(rows.deadLetterCount()).isEqualTo(2);
    assertThat(rows.lastDeadLetter().id()).isEqualTo(5);
    assertThat(rows.columnValues()).containsExactly(new Object[] {3L}, new Object[] {30});
    assertThat(rows.records()).isEqualTo(3);
  }

  @Test
  void a_dead_letter_has_the_whole_record_as_json() {
    String longText = "x".repeat(100_000);
    WindowRows rows = rows("id", "id: LONG");

    rows.add(1, Map.of("id", longText));

    assertThat(rows.lastDeadLetter().payload()).isEqualTo("{\"id\":\"" + longText + "\"}");
    assertThat(rows.lastDeadLetter().reason()).hasSizeLessThan(100);
  }

  @Test
  void a_refused_record_does_not_replace_the_row_of_an_earlier_one() {
    WindowRows rows = rows("id", "id: LONG, age: INT");

    rows.add(1, Map.of("id", 1, "age", 30));
    rows.add(1, Map.of("id", 1, "age", "old"));

    assertThat(rows.columnValues()).containsExactly(new Object[] {1L}, new Object[] {30});
    assertThat(rows.duplicates()).isZero();
    assertThat(rows.deadLetterCount()).isEqualTo(1);
  }

  @Test
  void the_highest_id_counts_refused_records_and_any_order() {
    WindowRows rows = rows("id", "id: LONG");

    rows.add(0, Map.of("id", 0));
    assertThat(rows.found().highest()).isEqualTo(0);

    rows.add(Long.MAX_VALUE, Map.of("id", "refused"));
    rows.add(5, Map.of("id", 5));
    assertThat(rows.found().highest()).isEqualTo(Long.MAX_VALUE);
  }
}
