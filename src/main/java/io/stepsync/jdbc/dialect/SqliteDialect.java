package io.stepsync.jdbc.dialect;

import io.stepsync.jdbc.Column;
import io.stepsync.jdbc.ColumnType;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.ExactText;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.UpsertStatement;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * SQLite 3.54, from the json_each of one JSON text a window. What it keeps is told by a value, not
 * by its column: a DECIMAL is a text with all decimals, a time one with six of a second, in UTC.
 */
public final class SqliteDialect implements Dialect {

  private static final String TABLE = "WITH t(s, n) AS (SELECT ?, ?) SELECT ";

  @Override
  public String database() {
    return "SQLite";
  }

  @Override
  public Optional<Path> file(String url) {
    return Optional.of(url.replaceFirst("jdbc:sqlite:(?!:|file:)(.+?)([?].*)?$", "$1"))
        .filter(file -> !file.equals(url))
        .map(Path::of);
  }

  /** Who writes waits for others at its beginning; who reads waits for nobody. */
  @Override
  public Map<String, String> driverProperties(Duration longestAnswer) {
    return Map.of(
        "journal_mode", "WAL",
        "synchronous", "FULL",
        "transaction_mode", "IMMEDIATE",
        "busy_timeout", "60000",
        "foreign_keys", "true");
  }

  @Override
  public Connection adapted(Connection connection) {
    return SqliteConnection.of(Connection.class, connection);
  }

  @Override
  public Optional<String> sqlState(SQLException e) {
    return SqliteConnection.state(e);
  }

  @Override
  public Optional<String> note() {
    return Optional.of("one writes at a time, others wait for a minute at most");
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of("table", "TABLE", "text", "TEXT", "timestamp", "TIMESTAMP", "options", "");
  }

  /** Of what has TEXT in its name no number is made. */
  @Override
  public String typeName(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "BOOLEAN";
      case SHORT, INT, LONG -> "INTEGER";
      case DECIMAL -> decimal(type.precision(), type.scale());
      case FLOAT, DOUBLE -> "DOUBLE";
      case NAIVE_DATE -> "DATE";
      case NAIVE_TIME -> "TIME";
      case NAIVE_DATETIME -> "DATETIME";
      case UTC_DATETIME -> "TIMESTAMP";
      case BINARY -> "BLOB";
      case JSON, XML, STRING -> "TEXT";
    };
  }

  /** Texts do not sort as numbers do, so that none is an ID. */
  private static String decimal(int precision, int scale) {
    if (scale == 0 && precision > 18) {
      throw new IllegalStateException(
          "a DECIMAL without decimals must have at most 18 digits in SQLite, had " + precision);
    }
    return scale == 0 ? "INTEGER" : "DECIMALTEXT(" + precision + "," + scale + ")";
  }

  @Override
  public String catalogType(ColumnType type) {
    return typeName(type);
  }

  @Override
  public String catalogType(String typeName, int size, int decimals) {
    String name = typeName.toUpperCase(Locale.ROOT);
    return switch (name) {
      case "DECIMALTEXT" -> decimal(size - decimals, decimals);
      case "INT", "SMALLINT", "BIGINT" -> "INTEGER";
      case "VARCHAR", "CHAR", "CLOB" -> "TEXT";
      case "REAL", "FLOAT", "DOUBLE PRECISION" -> "DOUBLE";
      case "DECIMAL", "NUMERIC" -> name + " of 15 digits";
      default -> name;
    };
  }

  /** Lengths are not kept to, and no time has fewer decimals than it is given. */
  @Override
  public Optional<String> columnTraits() {
    return Optional.of(
        TABLE
            + "c.name, k.coll, CASE WHEN k.coll IS NULL OR k.coll = 'BINARY' THEN 'UNBOUNDED' ELSE"
            + " 'UNBOUNDED,FOLDS' END, CASE WHEN c.type LIKE '%TIME%' THEN 9 END FROM t,"
            + " pragma_table_xinfo(t.n) c LEFT JOIN (SELECT x.name, x.coll FROM t,"
            + " pragma_index_list(t.n) i, pragma_index_xinfo(i.name) x WHERE i.\"unique\" AND x.key"
            + " AND x.coll <> 'BINARY') k ON k.name = c.name");
  }

  @Override
  public Optional<String> uniqueIndexes() {
    return Optional.of(
        TABLE
            + "i.name, COALESCE(x.name, 'an expression'), CASE"
            + " WHEN i.partial THEN 'is of some rows alone'"
            + " WHEN x.name IS NULL THEN 'is of an expression'"
            + " WHEN x.coll <> 'BINARY' THEN 'takes different texts for equal' END"
            + " FROM t, pragma_index_list(t.n) i, pragma_index_xinfo(i.name) x"
            + " WHERE i.\"unique\" AND x.key UNION ALL SELECT 'primary key', c.name, NULL"
            + " FROM t, pragma_table_info(t.n) c WHERE c.pk > 0 AND c.type = 'INTEGER'"
            + " AND NOT EXISTS (SELECT 1 FROM pragma_index_list(t.n) i WHERE i.origin = 'pk')");
  }

  @Override
  public String triggersBefore() {
    return TABLE
        + "m.name FROM t, sqlite_schema m WHERE m.type = 'trigger' AND m.tbl_name = t.n"
        + " AND NOT m.sql LIKE '% AFTER %' ORDER BY 1";
  }

  @Override
  public Optional<String> nameRule(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith("sqlite_")
        ? Optional.of("another beginning than sqlite_")
        : Optional.empty();
  }

  @Override
  public String columnName(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public UnaryOperator<String> tableNames(Connection connection) {
    return this::columnName;
  }

  @Override
  public UpsertStatement upsert(TableSettings table) {
    int version = table.columnNames().indexOf(table.versionColumn());
    if (version >= 0 && table.columns().get(version).type().scale() > 0) {
      throw new IllegalStateException(
          "versionColumn must have no decimals in SQLite, was " + table.versionColumn());
    }
    UpsertParts parts = new UpsertParts(this, table);
    return new InsertsByRow(
        parts.statement(parts.insertOnConflict()),
        parts.insertOfRow(i -> parameter(table.columns().get(i), "?")),
        (value, i) -> text(value, table.columns().get(i).type().scale()),
        Long.MAX_VALUE);
  }

  @Override
  public String rows(String alias, List<Column> columns, String prefix) {
    return "(SELECT "
        + UpsertParts.each(columns.size(), i -> value(columns.get(i), i) + " AS " + prefix + i)
        + " FROM json_each(:?"
        + prefix
        + ") AS j) AS "
        + alias;
  }

  private static String value(Column column, int index) {
    return parameter(column, "(j.value ->> " + index + ")");
  }

  private static String parameter(Column column, String value) {
    return column.type().kind() == ColumnType.Kind.BINARY ? "unhex(" + value + ")" : value;
  }

  @Override
  public Map<String, Object> parameters(String prefix, List<Column> columns, List<Object[]> values)
      throws SQLException {
    return Map.of(
        prefix, JsonRows.of(values, (value, i) -> text(value, columns.get(i).type().scale())));
  }

  private static String text(Object value, int scale) throws SQLException {
    if (value instanceof BigDecimal number) {
      return number.setScale(scale).toPlainString();
    }
    if (value instanceof Boolean truth) {
      return truth ? "1" : "0";
    }
    return ExactText.of(
        value instanceof OffsetDateTime moment
            ? moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
            : value);
  }

  @Override
  public String now() {
    return SqliteConnection.NOW;
  }

  @Override
  public String characters(String text) {
    return "LENGTH(" + text + ")";
  }

  @Override
  public String text(ColumnType type, String value) {
    return switch (type.kind()) {
      case BINARY -> "HEX(" + value + ")";
      case FLOAT, DOUBLE -> "PRINTF('%!.17g', " + value + ")";
      default -> "CAST(" + value + " AS TEXT)";
    };
  }

  @Override
  public String wholeNumber(String text) {
    return "CASE WHEN %s <> '' AND %s NOT GLOB '*[^0-9]*' THEN CAST(%s AS INTEGER) END"
        .formatted(text, text, text);
  }

  @Override
  public String microseconds() {
    return "CAST(1000000 * UNIXEPOCH('now', 'subsec') AS INTEGER)";
  }

  /** A column's collation may take texts for equal. */
  @Override
  public String differ(ColumnType type, String one, String other) {
    return Dialect.super.differ(type, one, other) + " COLLATE BINARY";
  }
}
