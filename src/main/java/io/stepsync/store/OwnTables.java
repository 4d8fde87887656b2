package io.stepsync.store;

import io.stepsync.jdbc.Dialects;
import io.stepsync.jdbc.SqlFault;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables in which stepsync keeps its state, beside those of the streams. */
public final class OwnTables {

  /** What the last migration made, a table or a column of one. */
  private static final String NEWEST_TABLE = "stepsync_run";

  private static final String NEWEST_COLUMN = "process";

  private static final List<String> WRITTEN =
      List.of("stepsync_state", "stepsync_run", "stepsync_dead_letter", "stepsync_missing");

  private static final int MOST_TRIES = 5;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

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
   * @throws IllegalStateException if the user may not make tables there, with what to do
   */
  public static void migrate(DataSource dataSource) throws SQLException {
    if (areIn(dataSource)) {
      return; // to ask Flyway takes longer than most of a start
    }
    Flyway flyway =
        Flyway.configure()
            .dataSource(dataSource)
            .locations("classpath:stepsync/db/migration")
            .table("stepsync_schema_history")
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .placeholders(placeholders(dataSource))
            .load();
    try {
      migrate(flyway);
    } catch (FlywayException e) {
      Optional<SQLException> reason = forbidden(e);
      throw reason.isPresent() ? mayNotMigrate(dataSource, reason.get()) : e;
    }
  }

  private static Optional<SQLException> forbidden(FlywayException failure) {
    return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .filter(SqlFault::isForbidden)
        .findFirst();
  }

  private static IllegalStateException mayNotMigrate(DataSource dataSource, SQLException reason)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      DatabaseMetaData database = connection.getMetaData();
      return new IllegalStateException(
          "the user %s may not make stepsync's own tables in %s (%s); grant the user CREATE there, or have one who may carry out the SQL in stepsync/db of stepsync.jar once"
              .formatted(
                  database.getUserName(),
                  Dialects.shownUrl(database.getURL()),
                  reason.getMessage()),
          reason);
    }
  }

  /**
   * Migrates, again if that fails: of nodes that start at the same moment on an empty database each
   * may find what another has just made.
   *
   * @throws FlywayException the first one, if it fails each time
   */
  public static void migrate(Flyway flyway) {
    try {
      flyway.migrate();
    } catch (FlywayException first) {
      if (forbidden(first).isPresent()) {
        throw first;
      }
      for (int tries = 1; !isMigratedNow(flyway, first); tries++) {
        if (tries == MOST_TRIES) {
          throw first;
        }
      }
    }
  }

  private static boolean isMigratedNow(Flyway flyway, FlywayException first) {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES.toMillis());
      flyway.migrate();
      return true;
    } catch (FlywayException e) {
      first.addSuppressed(e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw first;
    }
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
    try (Connection connection = dataSource.getConnection()) {
      return (hasColumn(connection, NEWEST_TABLE, NEWEST_COLUMN)
              || hasColumn(
                  connection,
                  NEWEST_TABLE.toUpperCase(Locale.ROOT),
                  NEWEST_COLUMN.toUpperCase(Locale.ROOT)))
          && isVisible(connection);
    }
  }

  /**
   * A statement would fail where it is missing everywhere, which a driver may log as a fault. The
   * names are not escaped, as not every session of MySQL can do that: no other table fits them.
   */
  private static boolean hasColumn(Connection connection, String table, String column)
      throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    try (ResultSet columns = database.getColumns(connection.getCatalog(), null, table, column)) {
      return columns.next();
    }
  }

  /** There may be another in a schema that is not asked. */
  private static boolean isVisible(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return isFine(
          statement, "SELECT " + NEWEST_COLUMN + " FROM " + NEWEST_TABLE + " WHERE 1 = 0");
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

  /**
   * Does all that a run does with them, with no row.
   *
   * @throws DataAccessException if the user may not
   */
  public static void writeNoRow(DataSource dataSource) {
    JdbcTemplate sql = new JdbcTemplate(dataSource);
    for (String table : WRITTEN) {
      sql.update("INSERT INTO " + table + " SELECT * FROM " + table + " WHERE 1 = 0");
      sql.update("UPDATE " + table + " SET stream = stream WHERE 1 = 0");
      sql.update("DELETE FROM " + table + " WHERE 1 = 0");
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
