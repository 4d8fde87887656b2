package io.stepsync;

import io.stepsync.jdbc.ColumnsText;
import io.stepsync.jdbc.TableSettings;
import java.util.Map;
import java.util.TreeMap;

/** The settings of a {@link Stream} that say which table takes the records. */
abstract class TableOptions extends ScanOptions {

  private String table;
  private String primaryKey;
  private String schema = "evolve";
  private boolean metadataColumns = true;
  private String versionColumn;
  private String columns;
  private String nulls;
  private final Map<String, String> columnsByName = new TreeMap<>();

  /**
   * The table that takes the records, {@code user}, or {@code sales.order} with its schema; a name
   * with a dot in it is in double quotes. Required, unless another sink takes them.
   */
  public void setTable(String table) {
    this.table = table;
  }

  /**
   * The key's columns, with commas between them, such as {@code region,id}. Required with table.
   */
  public void setPrimaryKey(String primaryKey) {
    this.primaryKey = primaryKey;
  }

  /**
   * What may be done to the table: {@code evolve} makes it, adds columns that it lacks, and makes
   * columns wider where nothing is lost; {@code create} only makes it, {@code validate} only looks.
   * Default evolve.
   */
  public void setSchema(String schema) {
    this.schema = schema;
  }

  /**
   * Whether the table has {@code _stepsync_synced_at} and {@code _stepsync_deleted}. Default true.
   */
  public void setMetadataColumns(boolean metadataColumns) {
    this.metadataColumns = metadataColumns;
  }

  /**
   * The columns, in order: a line each, {@code name: TYPE}, with {@code !} behind the type where it
   * is required, and {@code rounded} after that where the table's column holds less than the type
   * and values shall be rounded to it; after that {@code = /address/city}, a JSON Pointer, where
   * the value is not in the field of the same name. Commas will do instead of line breaks. A record
   * that does not fit them is a dead letter. Required with table.
   */
  public void setColumns(String columns) {
    this.columns = columns;
  }

  /**
   * Texts that mean that there is no value, with commas between, such as {@code "", 0000-00-00};
   * the empty one in quotes. For columns of all types but STRING, JSON and XML; any column can name
   * its own instead, {@code note: STRING nulls(N/A)}. Default none.
   */
  public void setNulls(String nulls) {
    this.nulls = nulls;
  }

  /**
   * Returns columns by name, to add to: another way to set them, for Camel's nested properties.
   * They are in no order of the user's, so the key's come first.
   */
  public Map<String, String> getColumns() {
    return columnsByName;
  }

  /**
   * The column that tells which of two copies of a record is newer, such as {@code updatedAt}: a
   * row is never overwritten by an older copy. A column of numbers, dates or moments. Default none.
   */
  public void setVersionColumn(String versionColumn) {
    this.versionColumn = versionColumn;
  }

  final TableSettings table(boolean required) {
    if (required && table == null) {
      throw new IllegalArgumentException("table must be set");
    }
    return TableSettings.parse(
        table, primaryKey, columnTypes(), nulls, versionColumn, schema, metadataColumns);
  }

  private Map<String, String> columnTypes() {
    return columns == null
        ? ColumnsText.keyFirst(primaryKey, columnsByName)
        : ColumnsText.parse(columns);
  }
}
