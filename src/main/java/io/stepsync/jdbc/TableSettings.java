package io.stepsync.jdbc;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.jdbc.table.TableName;
import io.stepsync.json.JsonPlace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings of a stream that say which table takes its records.
 *
 * <p>Immutable.
 *
 * @param table the table's name, with its schema where it has one; null where another sink takes
 *     the records
 * @param primaryKey the key's columns, all among {@code columns}; at least one where there is a
 *     table
 * @param columns the columns, in order; at least one where there is a table
 * @param versionColumn the column that tells the newer of two copies of a record; null for none
 * @param schema what may be done to the table at the start of a run
 * @param metadataColumns whether the table has {@code _stepsync_synced_at} and {@code
 *     _stepsync_deleted}
 */
public record TableSettings(
    TableName table,
    List<String> primaryKey,
    List<Column> columns,
    String versionColumn,
    SchemaMode schema,
    boolean metadataColumns) {

  /** The column that holds when a row was last written, in UTC. */
  public static final String SYNCED_AT = "_stepsync_synced_at";

  /** The column that is true for a row which the API no longer has. */
  public static final String DELETED = "_stepsync_deleted";

  private static final List<Column> METADATA =
      List.of(
          new Column(SYNCED_AT, ColumnType.parse("UTC_DATETIME"), false),
          new Column(DELETED, ColumnType.parse("BOOLEAN"), false));

  private static final Pattern OWN_TABLE =
      Pattern.compile(
          "stepsync_(budget|dead_letter|late|missing|pause|run|schema_history|state|window)|qrtz_.*",
          Pattern.CASE_INSENSITIVE);

  /** What begins a parameter's name in a statement of camel-jdbc, in quotes too. */
  public static final String PARAMETER = ":?";

  /** What the names of stepsync's own columns begin with. */
  public static final String OWN_COLUMN = "_stepsync_";

  /** What may be done to the table at the start of a run. */
  public enum SchemaMode {
    /** A missing table is created, and a missing column is added. */
    EVOLVE,
    /** A missing table is created. */
    CREATE,
    /** The table must be there as the stream describes it. */
    VALIDATE
  }

  /** Returns the same table, in which a row is overwritten by an older copy too. */
  public TableSettings withoutVersion() {
    return new TableSettings(table, primaryKey, columns, null, schema, metadataColumns);
  }

  public TableSettings {
    primaryKey = List.copyOf(primaryKey);
    columns = List.copyOf(columns);
  }

  /** Reads the settings of a stream without null texts. */
  public static TableSettings parse(
      String table,
      String primaryKey,
      Map<String, String> columns,
      String versionColumn,
      String schema,
      boolean metadataColumns) {
    return parse(table, primaryKey, columns, null, versionColumn, schema, metadataColumns);
  }

  /**
   * Reads the settings as they are written in a stream.
   *
   * @param table the table's name; null for none
   * @param primaryKey column names with commas between them
   * @param columns types by column name
   * @param nulls texts that mean that there is no value, with commas between; null for none
   * @param versionColumn a column's name, or null
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public static TableSettings parse(
      String table,
      String primaryKey,
      Map<String, String> columns,
      String nulls,
      String versionColumn,
      String schema,
      boolean metadataColumns) {
    if (table != null) {
      requireText("table", table);
      requireText("primaryKey", primaryKey);
    }
    List<String> key = primaryKey == null ? List.of() : ColumnsText.names(primaryKey);
    if (table == null && columns.isEmpty() && primaryKey != null) {
      throw new IllegalArgumentException(
          "primaryKey must not be set without table or columns, was " + primaryKey);
    }
    return new TableSettings(
        table == null ? null : tableName(table),
        key,
        table == null && columns.isEmpty()
            ? List.of()
            : columns(
                key,
                columns,
                nulls == null ? Set.of() : ColumnsText.texts(nulls),
                versionColumn,
                metadataColumns),
        versionColumn,
        mode(schema),
        metadataColumns);
  }

  /** The own tables would be overwritten. */
  private static TableName tableName(String text) {
    TableName table = TableName.parse(text);
    if (OWN_TABLE.matcher(table.name()).matches()) {
      throw new IllegalArgumentException("table must not be one of stepsync's own, was " + text);
    }
    requireNoParameter("table", text);
    return table;
  }

  private static void requireNoParameter(String setting, String name) {
    if (name.contains(PARAMETER) || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          setting + " must have names without " + PARAMETER + " and NUL, was " + name);
    }
  }

  private static void requireText(String setting, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(setting + " must be set");
    }
  }

  private static List<Column> columns(
      List<String> key,
      Map<String, String> types,
      Set<String> nulls,
      String versionColumn,
      boolean metadataColumns) {
    if (types == null || types.isEmpty()) {
      throw new IllegalArgumentException("columns must name at least one column");
    }
    if (Set.copyOf(key).size() < key.size()) {
      throw new IllegalArgumentException("primaryKey must name a column once, was " + key);
    }
    for (String name : key) {
      if (!types.containsKey(name)) {
        throw new IllegalArgumentException(
            "primaryKey must name columns of the stream " + types.keySet() + ", was " + name);
      }
    }
    Map<String, Column> columns = new LinkedHashMap<>();
    types.forEach(
        (name, type) ->
            columns.put(
                name,
                Column.parse(name, type, key.contains(name) || name.equals(versionColumn), nulls)));
    requireVersion(versionColumn, columns, key);
    columns.keySet().forEach(name -> requireName(name, metadataColumns));
    return List.copyOf(columns.values());
  }

  private static void requireName(String column, boolean metadataColumns) {
    requireNoParameter("columns", column);
    if (metadataColumns && column.toLowerCase(Locale.ROOT).startsWith(OWN_COLUMN)) {
      throw new IllegalArgumentException(
          "columns must not have names that begin with "
              + OWN_COLUMN
              + " unless metadataColumns=false, was "
              + column);
    }
  }

  private static void requireVersion(
      String versionColumn, Map<String, Column> columns, List<String> key) {
    if (versionColumn == null) {
      return;
    }
    Column column = columns.get(versionColumn);
    if (column == null || key.contains(versionColumn) || !column.type().isOrdered()) {
      throw new IllegalArgumentException(
          "versionColumn must name a column of numbers, dates or moments that is not in primaryKey,"
              + " was "
              + versionColumn
              + (column == null ? "" : ": " + column.type()));
    }
  }

  private static SchemaMode mode(String text) {
    try {
      return SchemaMode.valueOf(String.valueOf(text).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "schema must be evolve, create or validate, was " + text, e);
    }
  }

  /** Tells whether there is a table; else another sink takes the records. */
  public boolean hasTable() {
    return table != null;
  }

  /** Returns the names of the columns, in order. */
  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  /** Returns the column that takes a record's ID, which lies at {@code id}; nothing if none can. */
  public Optional<Column> idColumn(JsonPointer id) {
    return columns.stream()
        .filter(column -> column.place().pointer().equals(id) && column.type().holdsIds())
        .findFirst();
  }

  /** Returns the place of each column's value in a record. */
  List<JsonPlace> places() {
    return columns.stream().map(Column::place).toList();
  }

  /** Returns the stream's columns and, where they are kept, the metadata columns behind them. */
  public List<Column> allColumns() {
    if (!metadataColumns) {
      return columns;
    }
    return Stream.concat(columns.stream(), METADATA.stream()).toList();
  }
}
