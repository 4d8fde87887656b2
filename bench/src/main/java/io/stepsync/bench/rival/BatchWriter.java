package io.stepsync.bench.rival;

import io.stepsync.bench.api.Columns;
import io.stepsync.bench.database.BenchDatabase;
import io.stepsync.bench.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** One JDBC batch a window, with one statement a record. */
final class BatchWriter implements WindowWriter {

  private final BenchDatabase database;
  private final PreparedStatement statement;

  BatchWriter(Connection connection, BenchDatabase database, Sql sql) throws SQLException {
    this.database = database;
    this.statement = connection.prepareStatement(sql.text("upsert-record"));
  }

  @Override
  public void write(List<String[]> records) throws SQLException {
    for (String[] record : records) {
      set(statement, 1, record, database);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  /** Sets a record's values, the first of them at {@code index}. */
  static void set(PreparedStatement statement, int index, String[] record, BenchDatabase database)
      throws SQLException {
    for (int column = 0; column < Columns.COUNT; column++) {
      if (Columns.isTime(column)) {
        statement.setObject(index + column, database.time(record[column]));
      } else {
        statement.setString(index + column, record[column]);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
