package io.stepsync.jdbc.dialect;

import io.stepsync.jdbc.Column;
import io.stepsync.jdbc.ColumnType;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.ExactText;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.json.ShortText;
import java.sql.Connection;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * What MariaDB and MySQL have in common: types, rows out of the JSON_TABLE of one JSON text, and
 * times that both sides take for UTC, as there is no type for a moment.
 *
 * <p>Text is kept in utf8mb4 and compared byte by byte, blanks at the end included. A key's text
 * has at most 768 characters, divided among the columns of a composite key, and a BINARY has 8 MiB;
 * longer ones are refused.
 */
abstract class InnoDbDialect implements Dialect {

  /**
   * A server can be set to cut values off that do not fit. Without the second, a row of ID 0 would
   * get the next number in an AUTO_INCREMENT column.
   */
  private static final String STRICT =
      "SET sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO')";

  /** The bytes that fit into a MEDIUMTEXT in hexadecimal. */
  private static final int LONGEST_BINARY = (1 << 23) - 1;

  /** The SQLSTATE of a value that would be cut off. */
  private static final String TOO_LONG = "22001";

  /** What InnoDB takes for a key, and what a column of no text needs of it at most. */
  private static final int KEY_BYTES = 3072;

  private static final int PLAIN_COLUMN_BYTES = 32;
  private static final int CHARACTER_BYTES = 4;
  private static final int LONGEST_NAME = 64;

  /** Codes for a sign that a column's character set lacks, and for a check constraint. */
  private static final Set<Integer> REFUSALS = Set.of(1366, 3819);

  /** Codes for what a user may not do: of a database, a table, a column, an administrator. */
  private static final Set<Integer> FORBIDDEN = Set.of(1044, 1142, 1143, 1227);

  private final String collation;
  private final String unpadded;
  private final String byteByByte;
  private final String options;

  /**
   * @param collation of utf8mb4, one that compares byte by byte and pads nothing
   * @param unpadded what is in the name of all collations that pad nothing, and in no other one
   */
  InnoDbDialect(String collation, String unpadded) {
    this.collation = collation;
    this.unpadded = unpadded;
    this.byteByByte = " CHARACTER SET utf8mb4 COLLATE " + collation;
    this.options = " ENGINE=InnoDB" + byteByByte;
  }

  /**
   * MySQL has the SQLSTATE of anything else for values that it refuses, and driver and server have
   * four for a packet that is too large, all of which mean more than this.
   */
  @Override
  public Optional<String> sqlState(SQLException e) {
    if (String.valueOf(e.getMessage()).contains("max_allowed_packet")) {
      return Optional.of("54001");
    }
    if (FORBIDDEN.contains(e.getErrorCode())) {
      return Optional.of("42501");
    }
    return "HY000".equals(e.getSQLState()) && REFUSALS.contains(e.getErrorCode())
        ? Optional.of("22000")
        : Optional.empty();
  }

  @Override
  public Map<String, String> driverProperties(Duration longestAnswer) {
    return Map.of(
        "connectionTimeZone",
        "UTC",
        "preserveInstants",
        "true",
        "forceConnectionTimeZoneToSession",
        "true",
        "socketTimeout",
        Long.toString(longestAnswer.toMillis()),
        "tcpKeepAlive",
        "true");
  }

  @Override
  public Optional<String> sessionStart(Duration longestIdle, boolean unlessLimited) {
    return Optional.of(STRICT + ", " + idleLimit(longestIdle.toSeconds(), unlessLimited));
  }

  /** Returns the assignment that has the server end a transaction that stands still for longer. */
  abstract String idleLimit(long seconds, boolean unlessLimited);

  @Override
  public Optional<String> quartzScript() {
    return Optional.of("tables_mysql_innodb.sql");
  }

  /** A schema's name in a grant may be a pattern. */
  @Override
  public Optional<String> privilegesQuery() {
    return Optional.of(
        "SELECT (COALESCE(CURRENT_ROLE(), 'NONE') <> 'NONE') + COUNT(*) FROM"
            + " (SELECT grantee, privilege_type FROM information_schema.user_privileges"
            + " UNION ALL SELECT grantee, privilege_type FROM information_schema.schema_privileges"
            + " WHERE ? LIKE table_schema) AS p WHERE privilege_type = 'CREATE'"
            + " AND grantee = CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')");
  }

  @Override
  public String wholeNumber(String text) {
    return "CASE WHEN "
        + text
        + " <> '' AND "
        + text
        + " NOT REGEXP '[^0-9]' THEN CAST("
        + text
        + " AS SIGNED) END";
  }

  /** Where the server's files have no difference of case, names of tables have none. */
  @Override
  public UnaryOperator<String> tableNames(Connection connection) throws SQLException {
    return ServerValue.of(connection, "@@lower_case_table_names").equals("0")
        ? UnaryOperator.identity()
        : name -> name.toLowerCase(Locale.ROOT);
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of(
        "table", "TABLE", "text", "LONGTEXT", "timestamp", "DATETIME(6)", "options", options);
  }

  @Override
  public String text(ColumnType type, String value) {
    String text =
        type.kind() == ColumnType.Kind.BINARY
            ? "HEX(" + value + ")"
            : "CONVERT(" + value + " USING utf8mb4)";
    return text + " COLLATE " + collation;
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
        : "VARCHAR(" + keyBytes(table) / CHARACTER_BYTES + ")" + byteByByte;
  }

  /** Only a column with a limit can be in a key. */
  private static int keyBytes(TableSettings table) {
    List<Column> key =
        table.columns().stream().filter(c -> table.primaryKey().contains(c.name())).toList();
    int texts = (int) key.stream().filter(InnoDbDialect::isLong).count();
    return (KEY_BYTES - PLAIN_COLUMN_BYTES * (key.size() - texts)) / texts;
  }

  private static boolean isLong(Column column) {
    return column.type().isText() || column.type().kind() == ColumnType.Kind.BINARY;
  }

  /** A TIMESTAMP would end in the year 2038, so a UTC_DATETIME is a DATETIME in UTC. */
  @Override
  public String typeName(ColumnType type) {
    return switch (type.kind()) {
      case FLOAT, DOUBLE -> "DOUBLE";
      case NAIVE_TIME -> "TIME(6)";
      case NAIVE_DATETIME, UTC_DATETIME -> "DATETIME(6)";
      case BINARY -> "LONGBLOB";
      case JSON, XML, STRING -> "LONGTEXT" + byteByByte;
      default -> Dialect.super.typeName(type);
    };
  }

  @Override
  public String catalogType(ColumnType type) {
    return switch (type.kind()) {
      case JSON, XML, STRING -> "TEXT";
      case BINARY -> "BLOB";
      default -> Dialect.super.catalogType(type);
    };
  }

  @Override
  public String catalogType(String typeName, int size, int decimals) {
    String shown = Dialect.super.catalogType(typeName.replace(" UNSIGNED", ""), size, decimals);
    if (decimals > 0 && (shown.equals("DOUBLE") || shown.equals("FLOAT"))) {
      return shown + "(" + size + "," + decimals + ")"; // it rounds
    }
    return switch (shown) {
      case "BIT", "TINYINT", "TINYINT(1)" -> "BOOLEAN";
      case "INT" -> "INTEGER";
      case "CHAR", "VARCHAR", "TINYTEXT", "MEDIUMTEXT", "LONGTEXT", "JSON" -> "TEXT";
      case "BINARY", "VARBINARY", "TINYBLOB", "MEDIUMBLOB", "LONGBLOB" -> "BLOB";
      default -> shown;
    };
  }

  /** A collation that ends in _bin tells all texts apart, but for blanks at the end. */
  @Override
  public Optional<String> columnTraits() {
    return Optional.of(
        "SELECT column_name, collation_name, CONCAT_WS(',',"
            + " IF(RIGHT(collation_name, 4) <> '_bin', 'FOLDS', NULL),"
            + " IF(collation_name NOT LIKE '%"
            + unpadded
            + "%', 'PADS', NULL),"
            + " IF(extra LIKE '%auto_increment%' AND @@sql_mode NOT LIKE"
            + " '%NO_AUTO_VALUE_ON_ZERO%', 'ZERO_IS_NEXT', NULL),"
            + " IF(extra LIKE '%DEFAULT_GENERATED%', 'COMPUTED_DEFAULT', NULL)), datetime_precision"
            + " FROM information_schema.columns WHERE table_schema = ? AND table_name = ?");
  }

  @Override
  public Optional<String> uniqueIndexes() {
    return Optional.of(
        "SELECT index_name, "
            + indexed()
            + " FROM information_schema.statistics WHERE table_schema = ? AND table_name = ?"
            + " AND non_unique = 0 ORDER BY index_name, seq_in_index");
  }

  /** Returns the column that is in an index, and why that is no key, or null. */
  String indexed() {
    return "column_name, IF(sub_part IS NULL, NULL, 'is of the beginning of its texts alone')";
  }

  @Override
  public String widening(TableSettings table, Column column, boolean nullable) {
    return "ALTER TABLE %s MODIFY COLUMN %s %s%s"
        .formatted(
            quoted(table.table()),
            quoted(column.name()),
            typeName(column, table),
            nullable ? "" : " NOT NULL");
  }

  @Override
  public Optional<String> nameRule(String name) {
    if (ShortText.length(name) > LONGEST_NAME) {
      return Optional.of("at most " + LONGEST_NAME + " characters");
    }
    if (name.endsWith(" ")) {
      return Optional.of("no blank at the end");
    }
    return name.chars().anyMatch(unit -> Character.isSurrogate((char) unit))
        ? Optional.of("no signs beyond U+FFFF")
        : Optional.empty();
  }

  /** Names of columns have no difference of case. */
  @Override
  public String columnName(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
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
   * LONGTEXT that goes through a temporary table. Text is compared with that of a key, whose
   * collation, as it ends in _bin, holds against this one, but not against another such.
   */
  private String jsonType(Column column) {
    return switch (column.type().kind()) {
      case BINARY -> "MEDIUMTEXT";
      case JSON, XML, STRING -> "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci";
      default -> typeName(column.type());
    };
  }

  @Override
  public Map<String, Object> parameters(String prefix, List<Column> columns, List<Object[]> values)
      throws SQLException {
    return Map.of(prefix, JsonRows.of(values, (value, column) -> text(value)));
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

  @Override
  public void requireExact(Connection connection) throws SQLException {
    requireMode(ServerValue.of(connection, "@@sql_mode"));
  }

  /** Refuses a {@code sql_mode} that does not serve. */
  void requireMode(String mode) {
    if (!mode.contains("STRICT_")) {
      throw new IllegalStateException(
          "sql_mode must have STRICT_ALL_TABLES or STRICT_TRANS_TABLES, was " + mode);
    }
  }

  /** CURRENT_TIMESTAMP would be in the session's zone. */
  @Override
  public String now() {
    return "UTC_TIMESTAMP(6)";
  }

  /** The first condition can use an index; the second one tells case and blanks apart. */
  @Override
  public String same(ColumnType type, String one, String other) {
    String same = Dialect.super.same(type, one, other);
    return type.isText() ? same + " AND " + text(type, one) + " = " + text(type, other) : same;
  }

  @Override
  public String differ(ColumnType type, String one, String other) {
    return type.isText()
        ? "NOT (" + text(type, one) + " <=> " + text(type, other) + ")"
        : "NOT (" + one + " <=> " + other + ")";
  }

  @Override
  public String quoted(String name) {
    return '`' + name.replace("`", "``") + '`';
  }

  /**
   * Returns the assignments that refuse a row which meets another one's unique index, and would
   * overwrite that one.
   *
   * @param fresh the new value of a column, by its index
   * @param first what is made of the first column's value as it was, which it must give
   */
  final String sameKeys(
      TableSettings table, IntFunction<String> fresh, UnaryOperator<String> first) {
    return UpsertParts.each(
        table.primaryKey().size(),
        i -> {
          String name = table.primaryKey().get(i);
          int column = table.columnNames().indexOf(name);
          String there = quoted(table.table()) + "." + quoted(name);
          return quoted(name)
              + " = IF("
              + differ(table.columns().get(column).type(), there, fresh.apply(column))
              + ", NULL, "
              + (i == 0 ? first.apply(there) : there)
              + ")";
        });
  }
}
