package io.stepsync.ops;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;

/** Statements of a test, carried out while a run is under way. */
final class Databases {

  private Databases() {}

  static void execute(CamelContext context, String sql) {
    DataSource dataSource =
        context.getRegistry().lookupByNameAndType("stepsyncDataSource", DataSource.class);
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
