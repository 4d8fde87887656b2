package io.stepsync.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Tries an upsert in a transaction that is always rolled back. Not thread-safe. */
public final class UpsertTrial implements WindowRows.Trial {

  /** SQLSTATE's classes for a value that does not fit, and for a constraint that it breaks. */
  private static final String REFUSALS = "22|23";

  private final Connection connection;
  private final String statement;

  /**
   * @param connection not in a transaction; not closed
   * @param statement as {@link Dialect#upsert} has it
   */
  public UpsertTrial(Connection connection, String statement) {
    this.connection = connection;
    this.statement = statement.replaceAll(":\\?\\w+", "?");
  }

  /** Tells whether a database that says this refuses some row, rather than the whole. */
  public static boolean isRefusal(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().matches("(" + REFUSALS + ").*");
  }

  @Override
  public Optional<String> refusalOf(List<Object[]> columnValues) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (PreparedStatement upsert = connection.prepareStatement(statement)) {
      for (int i = 0; i < columnValues.size(); i++) {
        upsert.setObject(i + 1, columnValues.get(i));
      }
      upsert.execute();
      return Optional.empty();
    } catch (SQLException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      return Optional.of(e.getMessage());
    } finally {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    }
  }
}
