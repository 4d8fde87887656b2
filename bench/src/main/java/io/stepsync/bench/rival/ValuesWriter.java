package io.stepsync.bench.rival;

import io.stepsync.bench.api.Columns;
import io.stepsync.bench.database.BenchDatabase;
import io.stepsync.bench.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** One INSERT a window, with a list of VALUES a record: PostgreSQL, MariaDB and MySQL. */
final class ValuesWriter implements WindowWriter {

  private static final String RECORD = "(?, ?, ?, ?, ?, ?, ?, ?)";

  private final Connection connection;
  private final BenchDatabase database;
  private final String recordSql;
  private PreparedStatement statement;
  private int size;

  ValuesWriter(Connection connection, BenchDatabase database, Sql sql) {
    this.connection = connection;
    this.database = database;
    this.recordSql = sql.text("upsert-record");
  }

  @Override
  public void write(List<String[]> records) throws SQLException {
    prepare(records.size());
    for (int i = 0; i < records.size(); i++) {
      BatchWriter.set(statement, 1 + i * Columns.COUNT, records.get(i), database);
    }
    statement.executeUpdate();
  }

  private void prepare(int records) throws SQLException {
    if (records != size) {
      close();
      String values = RECORD + (", " + RECORD).repeat(records - 1);
      statement = connection.prepareStatement(recordSql.replace(RECORD, values));
      size = records;
    }
  }

  @Override
  public void close() throws SQLException {
    if (statement != null) {
      statement.close();
    }
  }
}
