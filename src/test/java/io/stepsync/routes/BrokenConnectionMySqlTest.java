package io.stepsync.routes;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "io.stepsync.routes.MySqlServer#isThere", disabledReason = MySqlServer.MISSING)
class BrokenConnectionMySqlTest extends BrokenConnectionCompatibilityTest {

  /** The proxy reads along. */
  @Override
  TestDatabase newDatabase() throws Exception {
    return MySqlServer.newDatabase().with(MySqlServer.WITHOUT_TLS);
  }

  @Override
  long waiting() throws Exception {
    return MySqlServer.waiting();
  }

  @Override
  String limits(int seconds) {
    return "?socketTimeout=%d&sessionVariables=wait_timeout=%d".formatted(seconds * 1000, seconds);
  }

  @Override
  long idleSeconds(Connection connection) throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select @@wait_timeout")) {
      result.next();
      return result.getLong(1);
    }
  }
}
