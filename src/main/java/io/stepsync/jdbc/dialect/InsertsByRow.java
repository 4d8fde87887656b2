package io.stepsync.jdbc.dialect;

import io.stepsync.jdbc.InsertCall;
import io.stepsync.jdbc.JdbcCall;
import io.stepsync.jdbc.UpsertStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An upsert, and beside it an INSERT of one row, of which the driver is given many: the fastest way
 * into a database whose driver sends them together, or that has no server. Thread-safe.
 *
 * @param longestText the characters of a row's texts above which a window is upserted
 */
record InsertsByRow(UpsertStatement upsert, String insert, Binding binding, long longestText)
    implements UpsertStatement {

  /** Makes the value of a parameter out of that of a column. */
  interface Binding {

    /**
     * Returns the parameter; null for null.
     *
     * @param column the column's index
     * @throws SQLException as the database would for a value that it cannot keep as it is
     */
    Object of(Object value, int column) throws SQLException;
  }

  @Override
  public JdbcCall writing(List<Object[]> columnValues) throws SQLException {
    return upsert.writing(columnValues);
  }

  @Override
  public Optional<InsertCall> inserting(List<Object[]> columnValues) throws SQLException {
    int rows = columnValues.get(0).length;
    List<List<Object>> executions = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      List<Object> row = new ArrayList<>(columnValues.size());
      long length = 0;
      for (int column = 0; column < columnValues.size(); column++) {
        Object value = columnValues.get(column)[i];
        length += value instanceof String text ? text.length() : 0;
        length += value instanceof byte[] bytes ? bytes.length : 0;
        row.add(binding.of(value, column));
      }
      if (length > longestText) {
        return Optional.empty();
      }
      executions.add(row);
    }
    return Optional.of(new InsertCall(insert, executions));
  }

  @Override
  public Optional<String> unchangedQuery() {
    return upsert.unchangedQuery();
  }
}
