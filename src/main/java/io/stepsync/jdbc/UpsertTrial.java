package io.stepsync.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Tries an upsert in a transaction that is always rolled back. Not thread-safe. */
public final class UpsertTrial implements WindowRows.Trial {

  /** A database may show the whole row. */
  private static final int LONGEST_REASON = 1000;

  private final Connection connection;
  private final UpsertStatement statement;

  /**
   * @param connection not in a transaction; not closed
   */
  public UpsertTrial(Connection connection, UpsertStatement statement) {
    this.connection = connection;
    this.statement = statement;
  }

  @Override
  public Optional<String> refusalOf(List<Object[]> columnValues) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (PreparedStatement upsert = statement.writing(columnValues).prepare(connection)) {
      upsert.execute();
      return Optional.empty();
    } catch (SQLException e) {
      if (SqlFault.of(e) != SqlFault.ROWS_REFUSED) {
        throw e;
      }
      return Optional.of(shortened(e.getMessage()));
    } finally {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    }
  }

  private static String shortened(String message) {
    return message.codePointCount(0, message.length()) <= LONGEST_REASON
        ? message
        : message.substring(0, message.offsetByCodePoints(0, LONGEST_REASON)) + "…";
  }
}
