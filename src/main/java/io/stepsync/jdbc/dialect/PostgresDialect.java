package io.stepsync.jdbc.dialect;

import io.stepsync.jdbc.Column;
import io.stepsync.jdbc.ColumnType;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.ExactText;
import io.stepsync.jdbc.JdbcCall;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.UpsertStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL 12 and later: INSERT … ON CONFLICT from the UNNEST of one array a column.
 *
 * <p>The arrays are of text, which PostgreSQL itself makes the columns' types of; the driver's
 * other arrays lack dates, or round.
 */
public final class PostgresDialect implements Dialect {

  @Override
  public String database() {
    return "PostgreSQL";
  }

  @Override
  public Map<String, String> driverProperties(Duration longestAnswer) {
    return Map.of(
        "socketTimeout", Long.toString(longestAnswer.toSeconds()), "tcpKeepAlive", "true");
  }

  @Override
  public Optional<String> sessionStart(Duration longestIdle, boolean unlessLimited) {
    long millis = longestIdle.toMillis();
    return Optional.of(
        unlessLimited
            ? "SELECT set_config('idle_in_transaction_session_timeout', '"
                + millis
                + "', false) WHERE current_setting('idle_in_transaction_session_timeout') = '0'"
            : "SET idle_in_transaction_session_timeout = " + millis);
  }

  @Override
  public Optional<String> quartzScript() {
    return Optional.of("tables_postgres.sql");
  }

  @Override
  public Optional<String> checkOfDeferred() {
    return Optional.of("SET CONSTRAINTS ALL IMMEDIATE");
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of(
        "table", "TABLE",
        "text", "TEXT",
        "timestamp", "TIMESTAMP WITH TIME ZONE",
        "options", "");
  }

  @Override
  public String text(ColumnType type, String value) {
    return "CAST(" + value + " AS TEXT)";
  }

  @Override
  public String wholeNumber(String text) {
    return "CASE WHEN " + text + " ~ '^[0-9]+$' THEN CAST(" + text + " AS BIGINT) END";
  }

  @Override
  public String microseconds() {
    return "CAST(1000000 * EXTRACT(EPOCH FROM CLOCK_TIMESTAMP()) AS BIGINT)";
  }

  @Override
  public String typeName(Column column, TableSettings table) {
    return typeName(column.type());
  }

  /** A FLOAT is kept with 64 bits, so that it is never rounded; JSON is kept as it was written. */
  private static String typeName(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "BOOLEAN";
      case SHORT -> "SMALLINT";
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case DECIMAL -> type.toString();
      case FLOAT, DOUBLE -> "DOUBLE PRECISION";
      case NAIVE_DATE -> "DATE";
      case NAIVE_TIME -> "TIME";
      case NAIVE_DATETIME -> "TIMESTAMP";
      case UTC_DATETIME -> "TIMESTAMP WITH TIME ZONE";
      case BINARY -> "BYTEA";
      case JSON -> "JSON";
      case XML, STRING -> "TEXT";
    };
  }

  @Override
  public String catalogType(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "BOOL";
      case SHORT -> "INT2";
      case INT -> "INT4";
      case LONG -> "INT8";
      case FLOAT, DOUBLE -> "FLOAT8";
      case UTC_DATETIME -> "TIMESTAMPTZ";
      default -> typeName(type);
    };
  }

  @Override
  public String catalogType(String typeName, int size, int decimals) {
    return typeName.equals("varchar")
        ? "TEXT"
        : Dialect.super.catalogType(typeName, size, decimals);
  }

  @Override
  public String createTable(TableSettings table) {
    return "CREATE TABLE "
        + quoted(table.table())
        + " "
        + new UpsertParts(this, table).definitions();
  }

  @Override
  public UpsertStatement upsert(TableSettings table) {
    String sql = insert(table);
    return values -> JdbcCall.named(sql, parameters("c", table.columns(), values));
  }

  private String insert(TableSettings table) {
    UpsertParts parts = new UpsertParts(this, table);
    return "INSERT INTO "
        + quoted(table.table())
        + " AS t "
        + parts.columns()
        + " SELECT "
        + parts.values()
        + " FROM "
        + parts.rows()
        + " ON CONFLICT ("
        + parts.quotedList(table.primaryKey())
        + (parts.hasChanges()
            ? ") DO UPDATE SET "
                + parts.assignments(i -> "excluded." + parts.quotedName(i))
                + " WHERE "
                + parts.isChange(i -> "excluded." + parts.quotedName(i))
            : ") DO NOTHING");
  }

  @Override
  public String rows(String alias, List<Column> columns, String prefix) {
    return "UNNEST("
        + UpsertParts.each(
            columns.size(),
            i -> "CAST(:?" + prefix + i + " AS " + typeName(columns.get(i).type()) + "[])")
        + ") AS "
        + alias
        + " ("
        + UpsertParts.each(columns.size(), i -> prefix + i)
        + ")";
  }

  @Override
  public Map<String, Object> parameters(String prefix, List<Column> columns, List<Object[]> values)
      throws SQLException {
    Map<String, Object> parameters = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      parameters.put(prefix + i, texts(values.get(i)));
    }
    return parameters;
  }

  private static String[] texts(Object[] values) throws SQLException {
    String[] texts = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      String text = ExactText.of(values[i]);
      texts[i] = values[i] instanceof byte[] ? "\\x" + text : text;
    }
    return texts;
  }

  /** The type json cannot be compared. */
  @Override
  public String differ(ColumnType type, String one, String other) {
    return type.kind() == ColumnType.Kind.JSON
        ? differ("CAST(" + one + " AS TEXT)", "CAST(" + other + " AS TEXT)")
        : differ(one, other);
  }

  private static String differ(String one, String other) {
    return one + " IS DISTINCT FROM " + other;
  }
}
