package io.stepsync.routes;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;

class BrokenConnectionMariaDbTest extends BrokenConnectionCompatibilityTest {

  @Override
  TestDatabase newDatabase() throws Exception {
    return MariaDbServer.newDatabase();
  }

  @Override
  long waiting() throws Exception {
    return MariaDbServer.waiting();
  }

  @Override
  String limits(int seconds) {
    return "?socketTimeout=%d&sessionVariables=idle_transaction_timeout=%d"
        .formatted(seconds * 1000, seconds);
  }

  @Override
  long idleSeconds(Connection connection) throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select @@idle_transaction_timeout")) {
      result.next();
      return result.getLong(1);
    }
  }
}
