package io.stepsync.bench.rival;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Upserts the records of a window within the connection's transaction. */
interface WindowWriter extends AutoCloseable {

  void write(List<String[]> records) throws SQLException;

  @Override
  void close() throws SQLException;

  /** Makes the writer of a connection. */
  interface Opener {
    WindowWriter open(Connection connection) throws SQLException;
  }
}
