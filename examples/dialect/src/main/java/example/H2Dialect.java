package example;

import io.stepsync.jdbc.Column;
import io.stepsync.jdbc.ColumnType;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.UpsertStatement;
import io.stepsync.jdbc.dialect.UpsertParts;
import java.util.Map;
import java.util.Optional;

/** H2 2.4: MERGE from the UNNEST of one array a column. A BINARY has at most a million bytes. */
public final class H2Dialect implements Dialect {

  private static final int LONGEST_NAME = 256;

  @Override
  public String database() {
    return "H2";
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of(
        "table", "TABLE",
        "text", "CHARACTER VARYING",
        "timestamp", "TIMESTAMP(6) WITH TIME ZONE",
        "options", "");
  }

  /** H2 commits before it alters a table, so nothing can be tried. */
  @Override
  public Optional<String> privilegesQuery() {
    return Optional.of(
        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SCHEMATA WHERE SCHEMA_NAME = ?"
            + " AND (SCHEMA_OWNER = CURRENT_USER OR EXISTS (SELECT 1 FROM INFORMATION_SCHEMA.USERS"
            + " WHERE USER_NAME = CURRENT_USER AND IS_ADMIN))");
  }

  /** A text of any length is no key. */
  @Override
  public String typeName(Column column, TableSettings table) {
    return column.type().isText() && table.primaryKey().contains(column.name())
        ? "CHARACTER VARYING"
        : typeName(column.type());
  }

  @Override
  public String typeName(ColumnType type) {
    return type.kind() == ColumnType.Kind.BINARY
        ? "BINARY VARYING(1048576)"
        : Dialect.super.typeName(type);
  }

  @Override
  public String catalogType(String typeName, int size, int decimals) {
    return switch (typeName) {
      case "CHARACTER", "CHARACTER VARYING", "VARCHAR_IGNORECASE" -> "CHARACTER LARGE OBJECT";
      case "BINARY" -> "BINARY VARYING";
      default -> Dialect.super.catalogType(typeName, size, decimals);
    };
  }

  @Override
  public Optional<String> columnTraits() {
    return Optional.of(
        "SELECT COLUMN_NAME, DATA_TYPE,"
            + " CASE WHEN DATA_TYPE = 'VARCHAR_IGNORECASE' THEN 'HIDES_CHANGES' ELSE '' END"
            + " || CASE WHEN IDENTITY_GENERATION = 'ALWAYS' THEN ',ALWAYS_IDENTITY' ELSE '' END,"
            + " DATETIME_PRECISION"
            + " FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?");
  }

  @Override
  public Optional<String> nameRule(String name) {
    return name.length() > LONGEST_NAME
        ? Optional.of("at most " + LONGEST_NAME + " characters")
        : Optional.empty();
  }

  @Override
  public UpsertStatement upsert(TableSettings table) {
    UpsertParts parts = new UpsertParts(this, table);
    return parts.statement(parts.merge());
  }

  @Override
  public String text(ColumnType type, String value) {
    return type.kind() == ColumnType.Kind.BINARY
        ? "RAWTOHEX(" + value + ")"
        : "CAST(" + value + " AS CHARACTER VARYING)";
  }

  @Override
  public String wholeNumber(String text) {
    return "CASE WHEN REGEXP_LIKE(" + text + ", '^[0-9]+$') THEN CAST(" + text + " AS BIGINT) END";
  }

  @Override
  public String microseconds() {
    return "CAST(1000000 * EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) AS BIGINT)";
  }
}
