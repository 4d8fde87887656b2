package io.stepsync.routes;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;

class BrokenConnectionPostgresTest extends BrokenConnectionCompatibilityTest {

  @Override
  TestDatabase newDatabase() throws Exception {
    return PostgresServer.newDatabase();
  }

  @Override
  long waiting() throws Exception {
    return PostgresServer.waiting();
  }

  @Override
  String limits(int seconds) {
    return "?socketTimeout=%d&options=-c%%20idle_in_transaction_session_timeout=%ds"
        .formatted(seconds, seconds);
  }

  @Override
  long idleSeconds(Connection connection) throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select setting::bigint / 1000 from pg_settings"
                    + " where name = 'idle_in_transaction_session_timeout'")) {
      result.next();
      return result.getLong(1);
    }
  }
}
