package io.stepsync.store;

import io.stepsync.jdbc.Dialects;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables in which stepsync keeps its state, beside those of the streams. */
public final class OwnTables {

  /** What the last migration made. */
  private static final String NEWEST = "SELECT state FROM stepsync_budget WHERE 1 = 0";

  private OwnTables() {}

  /**
   * Makes them, or moves them forward. Needs Flyway and its module for the database on the class
   * path.
   *
   * @throws IllegalArgumentException if stepsync does not know the database
   */
  public static void migrate(DataSource dataSource) throws SQLException {
    if (areIn(dataSource)) {
      return; // to ask Flyway takes longer than most of a start
    }
    Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:stepsync/db/migration")
        .table("stepsync_schema_history")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .placeholders(placeholders(dataSource))
        .load()
        .migrate();
  }

  private static Map<String, String> placeholders(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return Dialects.of(connection).placeholders();
    }
  }

  /**
   * Returns whether they are there.
   *
   * @throws SQLException if the database cannot be asked at all
   */
  public static boolean areIn(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      return isFine(statement);
    }
  }

  private static boolean isFine(Statement statement) {
    try {
      statement.execute(NEWEST);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }
}
