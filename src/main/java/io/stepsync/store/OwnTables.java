package io.stepsync.store;

import io.stepsync.jdbc.Dialects;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.flywaydb.core.Flyway;

/** The tables in which stepsync keeps its state, beside those of the streams. */
public final class OwnTables {

  /** What the last migration made. */
  private static final String NEWEST = "SELECT state FROM stepsync_budget WHERE 1 = 0";

  /** What the first migration made. */
  private static final String OLDEST = "SELECT stream FROM stepsync_state WHERE 1 = 0";

  private static final String MAY_BE_MISSING = "stepsyncTablesMayBeMissing";

  private OwnTables() {}

  /** Lets a context start although none of them is there: it only looks. */
  public static void mayBeMissing(CamelContext context) {
    context.getRegistry().bind(MAY_BE_MISSING, true);
  }

  /**
   * Returns whether none of them is there in a context that only looks.
   *
   * @throws SQLException if the database cannot be asked at all
   */
  public static boolean areMissingToLook(CamelContext context, DataSource dataSource)
      throws SQLException {
    return context.getRegistry().lookupByName(MAY_BE_MISSING) != null && areMissing(dataSource);
  }

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
      return isFine(statement, NEWEST);
    }
  }

  /**
   * Returns whether none of them is there, as nothing was ever run; what looks need not make them.
   *
   * @throws SQLException if the database cannot be asked at all
   */
  public static boolean areMissing(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      return !isFine(statement, OLDEST);
    }
  }

  private static boolean isFine(Statement statement, String query) {
    try {
      statement.execute(query);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }
}
