package io.stepsync.jdbc.dialect;

import io.stepsync.jdbc.ColumnType;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.UpsertStatement;
import java.time.Duration;
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
  public String typeName(ColumnType type) {
    return switch (type.kind()) {
      case FLOAT, DOUBLE -> "DOUBLE";
      case BINARY -> "VARBINARY(1073741824)";
      case JSON, XML, STRING -> TEXT;
      default -> Dialect.super.typeName(type);
    };
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
    return type.isText() ? differ + " OR " + lengths(one, "<>", other) : differ;
  }

  @Override
  public String same(ColumnType type, String one, String other) {
    String same = Dialect.super.same(type, one, other);
    return type.isText() ? same + " AND " + lengths(one, "=", other) : same;
  }

  /**
   * Texts may be taken for equal that differ by blanks at their ends; the catalog does not tell.
   */
  private static String lengths(String one, String compared, String other) {
    return "CHAR_LENGTH(" + one + ") " + compared + " CHAR_LENGTH(" + other + ")";
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
}
