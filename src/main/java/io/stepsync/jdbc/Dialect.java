package io.stepsync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

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
    throw new IllegalArgumentException("the database must be HSQLDB, was " + product);
  }

  /** Returns the SQL type of a column, as in a CREATE TABLE. */
  String typeName(ColumnType type);

  /**
   * Returns the type that the database's catalog shows for a column of {@code type}, to compare
   * with {@link #catalogType(String, int, int)}.
   */
  String catalogType(ColumnType type);

  /** Returns what the catalog shows, without lengths, which are the user's own choice. */
  default String catalogType(String typeName, int size, int decimals) {
    return typeName.equals("DECIMAL") || typeName.equals("NUMERIC")
        ? "DECIMAL(" + size + "," + decimals + ")"
        : typeName;
  }

  /** Returns the statement that makes the table of a stream. */
  String createTable(TableSettings table);

  /**
   * Returns the statement that inserts a window's rows, or updates those that are there and differ,
   * unless they are newer. It takes one array a column, by the names {@code :?c0}, {@code :?c1} and
   * so on in camel-jdbc's notation; its update count is the number of rows that were inserted or
   * changed.
   */
  String upsert(TableSettings table);

  /**
   * Returns a derived table, with its alias, out of one array a column.
   *
   * @param prefix of the arrays' names and the derived columns' names: {@code :?c0}, {@code c0}
   */
  String rows(String alias, List<Column> columns, String prefix);

  /** Returns {@code name} as a quoted identifier. */
  default String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
