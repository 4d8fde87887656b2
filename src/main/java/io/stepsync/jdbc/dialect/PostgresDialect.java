package io.stepsync.jdbc.dialect;

import io.stepsync.jdbc.Column;
import io.stepsync.jdbc.ColumnType;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.ExactText;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.UpsertStatement;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
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

  private static final int LONGEST_NAME = 63;

  /** The catalog has more digits for a numeric without any. */
  private static final int LONGEST_NUMERIC = 1000;

  private static final List<String> OWN_COLUMNS =
      List.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

  private static final String ATTRIBUTES =
      " FROM pg_attribute a JOIN pg_class r ON r.oid = a.attrelid"
          + " JOIN pg_namespace n ON n.oid = r.relnamespace";

  private static final String EXACTLY = " COLLATE \"C\"";

  @Override
  public String database() {
    return "PostgreSQL";
  }

  @Override
  public Map<String, String> driverProperties(Duration longestAnswer) {
    return Map.of(
        "socketTimeout", Long.toString(longestAnswer.toSeconds()), "tcpKeepAlive", "true");
  }

  /**
   * Behind a pooler in transaction mode a statement that was prepared can be on another connection
   * of the server. Two that are open at once have one process of the server only there.
   */
  @Override
  public Map<String, String> serverProperties(Opening server) throws SQLException {
    try (Connection one = server.open();
        Connection other = server.open()) {
      return process(one).equals(process(other)) ? Map.of("prepareThreshold", "0") : Map.of();
    }
  }

  private static String process(Connection connection) throws SQLException {
    return ServerValue.of(connection, "pg_backend_pid()");
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
  public String typeName(ColumnType type) {
    return switch (type.kind()) {
      case NAIVE_TIME -> "TIME";
      case NAIVE_DATETIME -> "TIMESTAMP";
      case UTC_DATETIME -> "TIMESTAMP WITH TIME ZONE";
      case BINARY -> "BYTEA";
      case JSON -> "JSON";
      case XML, STRING -> "TEXT";
      default -> Dialect.super.typeName(type);
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
    return switch (typeName) {
      case "varchar", "citext" -> "TEXT";
      case "numeric" -> size > LONGEST_NUMERIC ? "NUMERIC" : numeric(typeName, size, decimals);
      default -> numeric(typeName, size, decimals);
    };
  }

  private String numeric(String typeName, int size, int decimals) {
    return Dialect.super.catalogType(typeName, size, decimals);
  }

  @Override
  public Optional<String> columnTraits() {
    return Optional.of(
        "SELECT a.attname, COALESCE(c.collname, t.typname), CONCAT_WS(',',"
            + " CASE WHEN NOT c.collisdeterministic OR t.typname = 'citext' THEN 'FOLDS' END,"
            + " CASE WHEN a.attidentity = 'a' THEN 'ALWAYS_IDENTITY' END), NULL"
            + ATTRIBUTES
            + " JOIN pg_type t ON t.oid = a.atttypid"
            + " LEFT JOIN pg_collation c ON c.oid = a.attcollation AND t.typname <> 'citext'"
            + " WHERE n.nspname = ? AND r.relname = ? AND a.attnum > 0 AND NOT a.attisdropped");
  }

  /** ON CONFLICT takes each index of the key's columns, and needs one that is checked at once. */
  @Override
  public Optional<String> uniqueIndexes() {
    return Optional.of(
        "SELECT i.relname, a.attname, CASE"
            + " WHEN x.indpred IS NOT NULL THEN 'is of some rows alone'"
            + " WHEN x.indexprs IS NOT NULL THEN 'is of an expression'"
            + " WHEN NOT x.indimmediate THEN 'is deferrable'"
            + " WHEN NOT x.indisvalid THEN 'is not valid'"
            + " WHEN EXISTS (SELECT 1 FROM pg_collation c WHERE c.oid = ANY (x.indcollation)"
            + " AND NOT c.collisdeterministic) THEN 'takes different texts for equal' END"
            + ATTRIBUTES
            + " JOIN pg_index x ON x.indrelid = r.oid"
            + " AND a.attnum = ANY ((CAST(x.indkey AS int2[]))[0:x.indnkeyatts - 1])"
            + " JOIN pg_class i ON i.oid = x.indexrelid"
            + " WHERE x.indisunique AND n.nspname = ? AND r.relname = ? ORDER BY 1, 2");
  }

  /** Longer names are cut without a word. */
  @Override
  public Optional<String> nameRule(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      return Optional.of("at most " + LONGEST_NAME + " bytes in UTF-8");
    }
    return OWN_COLUMNS.contains(name)
        ? Optional.of("none of its own columns " + OWN_COLUMNS)
        : Optional.empty();
  }

  @Override
  public UpsertStatement upsert(TableSettings table) {
    UpsertParts parts = new UpsertParts(this, table);
    return parts.statement(parts.insertOnConflict());
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

  /** The type json cannot be compared, and a column's collation may take texts for equal. */
  @Override
  public String differ(ColumnType type, String one, String other) {
    return type.isText()
        ? Dialect.super.differ(type, text(type, one) + EXACTLY, text(type, other) + EXACTLY)
        : Dialect.super.differ(type, one, other);
  }
}
