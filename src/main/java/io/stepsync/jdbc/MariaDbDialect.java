package io.stepsync.jdbc;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * MariaDB 10.6 and later: {@link MariaDbInsert} where that serves, elsewhere INSERT … ON DUPLICATE
 * KEY UPDATE from the JSON_TABLE of one JSON text a window.
 *
 * <p>MariaDB counts a changed row twice, so the statement returns a row for each one written. Text
 * is kept in utf8mb4 and compared byte by byte, blanks at the end included. A key's text has at
 * most 768 characters, divided among the columns of a composite key, and a BINARY has 8 MiB; longer
 * ones are refused.
 */
final class MariaDbDialect implements Dialect {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String BYTE_BY_BYTE = " CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";
  private static final String TEXT = "LONGTEXT" + BYTE_BY_BYTE;
  private static final String OPTIONS = " ENGINE=InnoDB" + BYTE_BY_BYTE;

  /** The bytes that fit into a MEDIUMTEXT in hexadecimal. */
  private static final int LONGEST_BINARY = (1 << 23) - 1;

  /** The SQLSTATE of a value that would be cut off. */
  private static final String TOO_LONG = "22001";

  /** What InnoDB takes for a key, and what a column of no text needs of it at most. */
  private static final int KEY_BYTES = 3072;

  private static final int PLAIN_COLUMN_BYTES = 32;
  private static final int CHARACTER_BYTES = 4;

  /** A schema's name in a grant may be a pattern. */
  @Override
  public Optional<String> privilegesQuery() {
    return Optional.of(
        "SELECT (CURRENT_ROLE() IS NOT NULL) + COUNT(*) FROM"
            + " (SELECT grantee, privilege_type FROM information_schema.user_privileges"
            + " UNION ALL SELECT grantee, privilege_type FROM information_schema.schema_privileges"
            + " WHERE DATABASE() LIKE table_schema) AS p WHERE privilege_type = 'CREATE'"
            + " AND grantee = CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')");
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of("text", "LONGTEXT", "timestamp", "DATETIME(6)", "options", OPTIONS);
  }

  @Override
  public String microseconds() {
    return "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))";
  }

  @Override
  public String typeName(Column column, TableSettings table) {
    if (!table.primaryKey().contains(column.name()) || !isLong(column)) {
      return typeName(column.type());
    }
    boolean bytes = column.type().kind() == ColumnType.Kind.BINARY;
    return bytes
        ? "VARBINARY(" + keyBytes(table) + ")"
        : "VARCHAR(" + keyBytes(table) / CHARACTER_BYTES + ")" + BYTE_BY_BYTE;
  }

  /** Only a column with a limit can be in a key. */
  private static int keyBytes(TableSettings table) {
    List<Column> key =
        table.columns().stream().filter(c -> table.primaryKey().contains(c.name())).toList();
    int texts = (int) key.stream().filter(MariaDbDialect::isLong).count();
    return (KEY_BYTES - PLAIN_COLUMN_BYTES * (key.size() - texts)) / texts;
  }

  private static boolean isLong(Column column) {
    return switch (column.type().kind()) {
      case BINARY, JSON, XML, STRING -> true;
      default -> false;
    };
  }

  /**
   * A FLOAT is kept with 64 bits, so that it is never rounded. A TIMESTAMP would end in the year
   * 2038, so a UTC_DATETIME is a DATETIME in UTC.
   */
  private static String typeName(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "BOOLEAN";
      case SHORT -> "SMALLINT";
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case DECIMAL -> type.toString();
      case FLOAT, DOUBLE -> "DOUBLE";
      case NAIVE_DATE -> "DATE";
      case NAIVE_TIME -> "TIME(6)";
      case NAIVE_DATETIME, UTC_DATETIME -> "DATETIME(6)";
      case BINARY -> "LONGBLOB";
      case JSON, XML, STRING -> TEXT;
    };
  }

  @Override
  public String catalogType(ColumnType type) {
    return switch (type.kind()) {
      case DECIMAL -> type.toString();
      case JSON, XML, STRING -> "TEXT";
      case BINARY -> "BLOB";
      default -> typeName(type).replaceAll("\\(\\d+\\)", "");
    };
  }

  @Override
  public String catalogType(String typeName, int size, int decimals) {
    String shown = Dialect.super.catalogType(typeName, size, decimals);
    return switch (shown) {
      case "BIT", "TINYINT", "TINYINT(1)" -> "BOOLEAN";
      case "INT" -> "INTEGER";
      case "CHAR", "VARCHAR", "TINYTEXT", "MEDIUMTEXT", "LONGTEXT", "JSON" -> "TEXT";
      case "BINARY", "VARBINARY", "TINYBLOB", "MEDIUMBLOB", "LONGBLOB" -> "BLOB";
      default -> shown;
    };
  }

  @Override
  public String createTable(TableSettings table) {
    return "CREATE TABLE "
        + quoted(table.table())
        + " "
        + new UpsertParts(this, table).definitions()
        + OPTIONS;
  }

  @Override
  public UpsertStatement upsert(TableSettings table) {
    if (MariaDbInsert.serves(table)) {
      return new MariaDbInsert(this, table);
    }
    String sql = joined(table);
    return values -> JdbcCall.named(sql, parameters("c", table.columns(), values));
  }

  /** ON DUPLICATE KEY UPDATE has no condition, so only rows that are to be written come to it. */
  private String joined(TableSettings table) {
    String target = quoted(table.table());
    String old = quoted(table.table() + "_");
    UpsertParts parts = new UpsertParts(this, table, old);
    return "INSERT INTO "
        + target
        + " "
        + parts.columns()
        + " SELECT "
        + parts.values()
        + " FROM "
        + parts.rows()
        + " LEFT JOIN "
        + target
        + " AS "
        + old
        + " ON "
        + parts.keyEquals()
        + " WHERE "
        + old
        + "."
        + quoted(table.primaryKey().get(0))
        + " IS NULL"
        + (parts.hasChanges() ? " OR (" + parts.isChange(i -> "s.c" + i) + ")" : "")
        + " ON DUPLICATE KEY UPDATE "
        + sameKeys(table)
        + (parts.hasChanges()
            ? ", " + parts.assignments(i -> "VALUES(" + parts.quotedName(i) + ")")
            : "")
        + " RETURNING 1";
  }

  /** A row that meets another one's unique index would overwrite that one: it must be refused. */
  String sameKeys(TableSettings table) {
    return table.primaryKey().stream()
        .map(name -> sameKey(quoted(table.table()) + "." + quoted(name), quoted(name)))
        .collect(joining(", "));
  }

  private static String sameKey(String there, String name) {
    return name + " = IF(" + there + " = VALUES(" + name + "), " + there + ", NULL)";
  }

  @Override
  public String rows(String alias, List<Column> columns, String prefix) {
    return "(SELECT "
        + UpsertParts.each(
            columns.size(), i -> value(columns.get(i), prefix + i) + " AS " + prefix + i)
        + " FROM JSON_TABLE(:?"
        + prefix
        + ", '$[*]' COLUMNS ("
        + UpsertParts.each(
            columns.size(),
            i ->
                prefix + i + " " + jsonType(columns.get(i)) + " PATH '$[" + i + "]' ERROR ON ERROR")
        + ")) AS j) AS "
        + alias;
  }

  private static String value(Column column, String name) {
    return column.type().kind() == ColumnType.Kind.BINARY ? "UNHEX(j." + name + ")" : "j." + name;
  }

  /**
   * JSON has no bytes: they come in hexadecimal. MariaDB 11.4 makes nothing of the UNHEX of a
   * LONGTEXT that goes through a temporary table.
   */
  private static String jsonType(Column column) {
    return column.type().kind() == ColumnType.Kind.BINARY ? "MEDIUMTEXT" : typeName(column.type());
  }

  @Override
  public Map<String, Object> parameters(String prefix, List<Column> columns, List<Object[]> values)
      throws SQLException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (int row = 0; row < values.get(0).length; row++) {
        json.writeStartArray();
        for (Object[] column : values) {
          json.writeString(text(column[row]));
        }
        json.writeEndArray();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(prefix, text.toString());
  }

  private static String text(Object value) throws SQLException {
    Object plain = value(value);
    return plain instanceof byte[] bytes ? ExactText.of(bytes) : (String) plain;
  }

  /** Returns a value as the driver takes it: bytes as they are, all else as text. */
  static Object value(Object value) throws SQLException {
    if (value instanceof byte[] bytes) {
      if (bytes.length > LONGEST_BINARY) {
        throw new SQLDataException(
            "a BINARY must have at most " + LONGEST_BINARY + " bytes, was " + bytes.length,
            TOO_LONG);
      }
      return bytes;
    }
    if (value instanceof Boolean bool) {
      return bool ? "1" : "0";
    }
    String text = ExactText.of(value);
    return value instanceof OffsetDateTime ? text.substring(0, text.length() - 1) : text;
  }

  /** CURRENT_TIMESTAMP would be in the session's zone. */
  @Override
  public void requireExact(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet mode = statement.executeQuery("SELECT @@sql_mode")) {
      mode.next();
      if (!mode.getString(1).contains("STRICT_")) {
        throw new IllegalStateException(
            "sql_mode must have STRICT_ALL_TABLES or STRICT_TRANS_TABLES, was "
                + mode.getString(1));
      }
    }
  }

  @Override
  public String now() {
    return "UTC_TIMESTAMP(6)";
  }

  @Override
  public String differ(ColumnType type, String one, String other) {
    return "NOT (" + one + " <=> " + other + ")";
  }

  @Override
  public String quoted(String name) {
    return '`' + name.replace("`", "``") + '`';
  }
}
