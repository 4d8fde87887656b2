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
   * Returns the call that writes rows of which none should be there yet, if that is faster: it
   * fails if one is, and inserts all others.
   *
   * @param columnValues as {@link #writing} takes them
   * @throws SQLException as {@link #writing} does
   */
  default Optional<InsertCall> inserting(List<Object[]> columnValues) throws SQLException {
    return Optional.empty();
  }

  /**
   * Returns the query that tells, in the transaction of the last {@link #writing} and on its
   * connection, how many of the call's rows it left as they were; nothing where the call itself
   * tells how many it inserted or changed.
   */
  default Optional<String> unchangedQuery() {
    return Optional.empty();
  }
}
