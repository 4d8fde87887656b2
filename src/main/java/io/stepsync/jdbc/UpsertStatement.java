package io.stepsync.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Writes a window's rows, as {@link Dialect#upsert} has it.
 *
 * <p>Immutable.
 */
public final class UpsertStatement {

  private final Dialect dialect;
  private final TableSettings table;
  private final String sql;

  UpsertStatement(Dialect dialect, TableSettings table) {
    this.dialect = dialect;
    this.table = table;
    this.sql = dialect.upsert(table);
  }

  /** Returns the statement, in camel-jdbc's notation. */
  public String sql() {
    return sql;
  }

  /**
   * Returns the parameters that write {@code rows}.
   *
   * @throws SQLException as the database would for a value that it cannot keep as it is
   */
  public Map<String, Object> parameters(WindowRows rows) throws SQLException {
    return parameters(rows.columnValues());
  }

  Map<String, Object> parameters(List<Object[]> columnValues) throws SQLException {
    return dialect.parameters("c", table.columns(), columnValues);
  }
}
