package io.stepsync.bench.rival;

import io.stepsync.bench.api.Columns;
import io.stepsync.bench.database.BenchDatabase;
import io.stepsync.bench.database.Sql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** One statement a window, with one array a column: HSQLDB and PostgreSQL. */
final class ArrayWriter implements WindowWriter {

  private final Connection connection;
  private final BenchDatabase database;
  private final PreparedStatement statement;

  ArrayWriter(Connection connection, BenchDatabase database, Sql sql) throws SQLException {
    this.connection = connection;
    this.database = database;
    this.statement = connection.prepareStatement(sql.text("upsert-arrays"));
  }

  @Override
  public void write(List<String[]> records) throws SQLException {
    for (int column = 0; column < Columns.COUNT; column++) {
      statement.setArray(column + 1, array(records, column));
    }
    statement.executeUpdate();
  }

  private Array array(List<String[]> records, int column) throws SQLException {
    Object[] values = new Object[records.size()];
    for (int i = 0; i < values.length; i++) {
      String text = records.get(i)[column];
      values[i] = Columns.isTime(column) ? database.time(text) : text;
    }
    BenchDatabase.ArrayTypes types = database.arrayTypes();
    return connection.createArrayOf(Columns.isTime(column) ? types.time() : types.text(), values);
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
