package io.stepsync.jdbc;

import java.sql.SQLException;
import java.util.List;

/** Writes a window's rows, as {@link Dialect#upsert} has it. Thread-safe. */
public interface UpsertStatement {

  /**
   * Returns the call that writes rows.
   *
   * @param columnValues one array a column, as {@link WindowRows#columnValues} has them; at least
   *     one row
   * @throws SQLException as the database would for a value that it cannot keep as it is
   */
  JdbcCall writing(List<Object[]> columnValues) throws SQLException;
}
