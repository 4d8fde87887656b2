package io.stepsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.stepsync.jdbc.TableSettings.SchemaMode;
import io.stepsync.jdbc.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableSettingsTest {

  private static final Map<String, String> COLUMNS =
      ColumnsText.parse("region: STRING, id: LONG, name: STRING!, job: STRING");

  private static TableSettings settings(String primaryKey, Map<String, String> columns) {
    return TableSettings.parse("user", primaryKey, columns, null, "evolve", true);
  }

  @Test
  void columns_keep_their_order_and_those_of_the_key_are_required() {
    TableSettings settings = settings(" id , region", COLUMNS);

    assertThat(settings.table()).hasToString("user");
    assertThat(settings.primaryKey()).containsExactly("id", "region");
    assertThat(settings.columnNames()).containsExactly("region", "id", "name", "job");
    assertThat(settings.columns())
        .extracting(Column::required)
        .containsExactly(true, true, true, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stepsync_state", "STEPSYNC_run", "QRTZ_triggers", "main.stepsync_late"})
  void stepsyncs_own_tables_are_refused(String table) {
    assertThatThrownBy(() -> TableSettings.parse(table, "id", COLUMNS, null, "evolve", true))
        .hasMessage("table must not be one of stepsync's own, was " + table);
  }

  @Test
  void a_name_that_is_a_parameter_in_a_statement_is_refused() {
    assertThatThrownBy(() -> settings("id", Map.of("id", "LONG", "c:?d", "LONG")))
        .hasMessage("columns must have names without :? and NUL, was c:?d");
  }

  @ParameterizedTest
  @CsvSource({"evolve, EVOLVE", "create, CREATE", "Validate, VALIDATE"})
  void the_schema_mode_is_read_in_any_case(String text, SchemaMode mode) {
    assertThat(TableSettings.parse("user", "id", COLUMNS, null, text, true).schema())
        .isEqualTo(mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "drop", " evolve"})
  void another_schema_mode_is_refused(String text) {
    assertThatThrownBy(() -> TableSettings.parse("user", "id", COLUMNS, null, text, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("schema must be evolve, create or validate, was " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void a_table_must_have_a_name(String text) {
    assertThatThrownBy(() -> TableSettings.parse(text, "id", COLUMNS, null, "evolve", true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("table must be set");
  }

  @Test
  void without_a_table_neither_key_nor_columns_are_needed() {
    TableSettings settings = TableSettings.parse(null, null, Map.of(), null, "evolve", true);
    assertThat(settings.hasTable()).isFalse();
    assertThat(settings.columns()).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void a_table_must_have_a_key(String text) {
    assertThatThrownBy(() -> settings(text, COLUMNS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("primaryKey must be set");
  }

  @ParameterizedTest
  @CsvSource({"uuid, uuid", "ID, ID", "'id,uuid', uuid", "'id,,region', ''"})
  void the_key_must_be_among_the_columns(String primaryKey, String shown) {
    assertThatThrownBy(() -> settings(primaryKey, COLUMNS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "primaryKey must name columns of the stream [region, id, name, job], was " + shown);
  }

  @Test
  void there_must_be_a_column() {
    assertThatThrownBy(() -> settings("id", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("columns must name at least one column");
    assertThatThrownBy(() -> settings("id", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("columns must name at least one column");
  }

  @ParameterizedTest
  @ValueSource(strings = {"_stepsync_synced_at", "_STEPSYNC_deleted", "_stepsync_"})
  void a_column_may_have_a_metadata_columns_name_only_where_there_are_none(String name) {
    Map<String, String> columns = Map.of("id", "LONG", name, "STRING");

    assertThatThrownBy(() -> settings("id", columns))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "columns must not have names that begin with _stepsync_ unless metadataColumns=false, was "
                + name);
    assertThat(TableSettings.parse("user", "id", columns, null, "evolve", false).columnNames())
        .contains(name);
  }

  @Test
  void metadata_columns_stand_behind_the_streams_own() {
    TableSettings settings = settings("id", ColumnsText.parse("id: LONG"));

    assertThat(settings.columnNames()).containsExactly("id");
    assertThat(settings.allColumns())
        .extracting(Column::name, column -> column.type().toString(), Column::required)
        .containsExactly(
            tuple("id", "LONG", true),
            tuple("_stepsync_synced_at", "UTC_DATETIME", false),
            tuple("_stepsync_deleted", "BOOLEAN", false));
  }

  @Test
  void without_metadata_columns_there_are_only_the_streams_own() {
    TableSettings settings = TableSettings.parse("user", "id", COLUMNS, null, "evolve", false);

    assertThat(settings.allColumns()).isEqualTo(settings.columns());
  }

  @Test
  void settings_do_not_change_with_the_lists_that_they_were_made_of() {
    List<String> key = new ArrayList<>(List.of("id"));
    List<Column> columns = new ArrayList<>(List.of(Column.parse("id", "LONG", true)));
    TableSettings settings =
        new TableSettings(TableName.parse("user"), key, columns, null, SchemaMode.EVOLVE, true);

    key.clear();
    columns.clear();

    assertThat(settings.primaryKey()).containsExactly("id");
    assertThat(settings.columnNames()).containsExactly("id");
  }
}
