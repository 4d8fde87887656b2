package io.stepsync.routes;

import io.stepsync.store.DataSources;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.camel.CamelContext;

/** Statements of a test, carried out while a run is under way. */
final class Databases {

  private Databases() {}

  static void execute(CamelContext context, String sql) {
    try (Connection connection = DataSources.of(context).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
