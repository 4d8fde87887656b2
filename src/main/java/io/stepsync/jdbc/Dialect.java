package io.stepsync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What differs from one database to the next. Thread-safe. */
public interface Dialect {

  /**
   * Returns the dialect of the database behind {@code connection}.
   *
   * @throws IllegalArgumentException if stepsync does not know the database
   */
  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    if (product.startsWith("HSQL")) {
      return new HsqldbDialect();
    }
    return switch (product) {
      case "PostgreSQL" -> new PostgresDialect();
      case "MariaDB" -> new MariaDbDialect();
      default ->
          throw new IllegalArgumentException(
              "the database must be HSQLDB, PostgreSQL or MariaDB, was " + product);
    };
  }

  /**
   * Returns the dialect of the database that a JDBC URL names; the database is not opened.
   *
   * @throws IllegalArgumentException if stepsync does not know the database
   */
  static Dialect of(String url) {
    String kind = url.matches("jdbc:\\w+:.*") ? url.split(":", 3)[1] : "another";
    return switch (kind) {
      case "hsqldb" -> new HsqldbDialect();
      case "postgresql" -> new PostgresDialect();
      case "mariadb" -> new MariaDbDialect();
      default ->
          throw new IllegalArgumentException(
              "the database must be HSQLDB, PostgreSQL or MariaDB, was " + kind);
    };
  }

  /**
   * Returns the query that counts what allows the user to make and alter tables; nothing where the
   * database can roll such a change back, so that it can be tried.
   */
  default Optional<String> privilegesQuery() {
    return Optional.empty();
  }

  /** Returns what the names in the migrations of stepsync's own tables stand for. */
  Map<String, String> placeholders();

  /** Returns the SQL type of a column of {@code table}, as in a CREATE TABLE. */
  String typeName(Column column, TableSettings table);

  /**
   * Returns the type that the database's catalog shows for a column of {@code type}, to compare
   * with {@link #catalogType(String, int, int)}.
   */
  String catalogType(ColumnType type);

  /** Returns what the catalog shows, without lengths, which are the user's own choice. */
  default String catalogType(String typeName, int size, int decimals) {
    String name = typeName.toUpperCase(Locale.ROOT);
    return name.equals("DECIMAL") || name.equals("NUMERIC")
        ? "DECIMAL(" + size + "," + decimals + ")"
        : name;
  }

  /** Returns the statement that makes the table of a stream. */
  String createTable(TableSettings table);

  /**
   * Returns the statement that inserts a window's rows, or updates those that are there and differ,
   * unless they are newer. Its update count is the number of rows that were inserted or changed; a
   * database that counts otherwise returns rows of one number instead, of which as many are not 0.
   */
  UpsertStatement upsert(TableSettings table);

  /**
   * Returns a derived table, with its alias, out of the parameters that {@link #parameters} makes.
   *
   * @param prefix of the parameters' names and the derived columns' names: {@code :?c0}, {@code c0}
   */
  String rows(String alias, List<Column> columns, String prefix);

  /**
   * Returns the parameters of {@link #rows}, by their names.
   *
   * @param values one array a column, as {@link WindowRows#columnValues} has them
   * @throws SQLException as the database would for a value that it cannot keep as it is
   */
  Map<String, Object> parameters(String prefix, List<Column> columns, List<Object[]> values)
      throws SQLException;

  /**
   * Refuses a connection whose settings would let the database change values that do not fit.
   *
   * @throws IllegalStateException naming the setting, its rule and its value
   */
  default void requireExact(Connection connection) throws SQLException {}

  /** Returns the expression for this moment, as a UTC_DATETIME is kept. */
  default String now() {
    return "CURRENT_TIMESTAMP";
  }

  /** Returns the expression for this moment in microseconds since 1970, as a BIGINT. */
  String microseconds();

  /** Returns the condition that two values of a type differ, or that one of them is null. */
  default String differ(ColumnType type, String one, String other) {
    return one + " IS DISTINCT FROM " + other;
  }

  /** Returns {@code value} such that it compares as Java compares it. */
  default String ordered(ColumnType type, String value) {
    return value;
  }

  /** Returns {@code name} as a quoted identifier. */
  default String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
