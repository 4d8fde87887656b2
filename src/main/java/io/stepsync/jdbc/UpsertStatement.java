package io.stepsync.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

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

  /**
   * Returns the query that tells, in the transaction of the last call and on its connection, how
   * many of the call's rows it left as they were; nothing where the call itself tells how many it
   * inserted or changed.
   */
  default Optional<String> unchangedQuery() {
    return Optional.empty();
  }
}
