package io.stepsync.jdbc.dialect;

import io.stepsync.jdbc.Column;
import io.stepsync.jdbc.ColumnType;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.UpsertStatement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** HSQLDB 2.7: MERGE from the UNNEST of one array a column. */
public final class HsqldbDialect implements Dialect {

  /** The longest text that HSQLDB keeps in a row; an answer is never as long. */
  private static final String TEXT = "VARCHAR(1073741824)";

  private static final int LONGEST_NAME = 128;

  @Override
  public String database() {
    return "HSQLDB";
  }

  @Override
  public boolean isProduct(String product) {
    return product.startsWith("HSQL");
  }

  /** HSQLDB takes ten seconds to believe that the process which held its lock was killed. */
  @Override
  public Optional<Duration> longestOpening() {
    return Optional.of(Duration.ofSeconds(25));
  }

  /** An owner of a schema is a user, or a role that the user has. */
  @Override
  public Optional<String> privilegesQuery() {
    return Optional.of(
        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SCHEMATA WHERE SCHEMA_NAME = ?"
            + " AND (SCHEMA_OWNER = CURRENT_USER OR SCHEMA_OWNER IN"
            + " (SELECT ROLE_NAME FROM INFORMATION_SCHEMA.APPLICABLE_ROLES)"
            + " OR EXISTS (SELECT * FROM INFORMATION_SCHEMA.SYSTEM_USERS"
            + " WHERE USER_NAME = CURRENT_USER AND ADMIN))");
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of(
        "table", "CACHED TABLE",
        "text", "LONGVARCHAR",
        "timestamp", "TIMESTAMP WITH TIME ZONE",
        "options", "");
  }

  @Override
  public String text(ColumnType type, String value) {
    return type.kind() == ColumnType.Kind.BINARY
        ? "RAWTOHEX(" + value + ")"
        : "CAST(" + value + " AS " + TEXT + ")";
  }

  @Override
  public String wholeNumber(String text) {
    return "CASE WHEN REGEXP_MATCHES(" + text + ", '[0-9]+') THEN CAST(" + text + " AS BIGINT) END";
  }

  @Override
  public String microseconds() {
    return "1000 * UNIX_MILLIS()";
  }

  @Override
  public String typeName(Column column, TableSettings table) {
    return typeName(column.type());
  }

  private static String typeName(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "BOOLEAN";
      case SHORT -> "SMALLINT";
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case DECIMAL -> type.toString();
      case FLOAT, DOUBLE -> "DOUBLE";
      case NAIVE_DATE -> "DATE";
      case NAIVE_TIME -> "TIME(9)";
      case NAIVE_DATETIME -> "TIMESTAMP(9)";
      case UTC_DATETIME -> "TIMESTAMP(9) WITH TIME ZONE";
      case BINARY -> "VARBINARY(1073741824)";
      case JSON, XML, STRING -> TEXT;
    };
  }

  @Override
  public String catalogType(ColumnType type) {
    return type.kind() == ColumnType.Kind.DECIMAL
        ? type.toString()
        : typeName(type).replaceAll("\\(\\d+\\)", "");
  }

  @Override
  public Optional<String> columnTraits() {
    return Optional.of(
        "SELECT COLUMN_NAME, COLLATION_NAME, CASE WHEN COLLATION_NAME <> 'SQL_TEXT' THEN"
            + " 'HIDES_CHANGES' ELSE '' END || CASE WHEN IDENTITY_GENERATION = 'ALWAYS' THEN"
            + " ',ALWAYS_IDENTITY' ELSE '' END, DATETIME_PRECISION FROM INFORMATION_SCHEMA.COLUMNS"
            + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?");
  }

  @Override
  public String differ(ColumnType type, String one, String other) {
    String differ = Dialect.super.differ(type, one, other);
    return isText(type) ? differ + " OR " + lengths(one, "<>", other) : differ;
  }

  @Override
  public String same(ColumnType type, String one, String other) {
    String same = Dialect.super.same(type, one, other);
    return isText(type) ? same + " AND " + lengths(one, "=", other) : same;
  }

  /**
   * Texts may be taken for equal that differ by blanks at their ends; the catalog does not tell.
   */
  private static String lengths(String one, String compared, String other) {
    return "CHAR_LENGTH(" + one + ") " + compared + " CHAR_LENGTH(" + other + ")";
  }

  private static boolean isText(ColumnType type) {
    return switch (type.kind()) {
      case JSON, XML, STRING -> true;
      default -> false;
    };
  }

  @Override
  public Optional<String> nameRule(String name) {
    return name.length() > LONGEST_NAME
        ? Optional.of("at most " + LONGEST_NAME + " characters")
        : Optional.empty();
  }

  @Override
  public String createTable(TableSettings table) {
    return "CREATE CACHED TABLE "
        + quoted(table.table())
        + " "
        + new UpsertParts(this, table).definitions();
  }

  @Override
  public UpsertStatement upsert(TableSettings table) {
    UpsertParts parts = new UpsertParts(this, table);
    return parts.statement(
        "MERGE INTO "
            + quoted(table.table())
            + " AS t USING "
            + parts.rows()
            + " ON "
            + parts.keyEquals()
            + (parts.hasChanges()
                ? " WHEN MATCHED AND "
                    + parts.isChange(i -> "s.c" + i)
                    + " THEN UPDATE SET "
                    + parts.assignments(i -> "s.c" + i)
                : "")
            + " WHEN NOT MATCHED THEN INSERT "
            + parts.columns()
            + " VALUES ("
            + parts.values()
            + ")");
  }

  @Override
  public String rows(String alias, List<Column> columns, String prefix) {
    return "(SELECT * FROM UNNEST("
        + UpsertParts.each(
            columns.size(),
            i -> "CAST(:?" + prefix + i + " AS " + typeName(columns.get(i).type()) + " ARRAY)")
        + ")) AS "
        + alias
        + " ("
        + UpsertParts.each(columns.size(), i -> prefix + i)
        + ")";
  }

  @Override
  public Map<String, Object> parameters(
      String prefix, List<Column> columns, List<Object[]> values) {
    Map<String, Object> parameters = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      parameters.put(prefix + i, values.get(i));
    }
    return parameters;
  }
}
