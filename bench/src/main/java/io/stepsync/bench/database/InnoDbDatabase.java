package io.stepsync.bench.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;

/** What MariaDB and MySQL have in common. */
abstract class InnoDbDatabase implements BenchDatabase {

  @Override
  public String user() {
    return "root";
  }

  @Override
  public LocalDateTime time(String text) {
    return OffsetDateTime.parse(text).toLocalDateTime();
  }

  @Override
  public void settle(Connection connection) throws SQLException {
    Sql.execute(connection, "FLUSH ENGINE LOGS");
  }
}
