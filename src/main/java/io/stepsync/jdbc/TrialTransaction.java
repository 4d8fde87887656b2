package io.stepsync.jdbc;

import io.stepsync.json.ShortText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** Carries out statements in a transaction that is always rolled back. Not thread-safe. */
final class TrialTransaction {

  /** A database may show the whole row. */
  private static final int LONGEST_REASON = 1000;

  private final Connection connection;
  private final Optional<String> checkOfDeferred;

  /**
   * @param connection not in a transaction; not closed
   */
  TrialTransaction(Connection connection) throws SQLException {
    this.connection = connection;
    this.checkOfDeferred = Dialects.of(connection).checkOfDeferred();
  }

  /**
   * Returns why the database refuses the rows of statements, carried out in this order; nothing if
   * it takes them.
   *
   * @throws SQLException for anything else that the database says
   */
  Optional<String> refusalOf(Calls calls) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      for (JdbcCall call : calls.all()) {
        try (PreparedStatement statement = call.prepare(connection)) {
          statement.execute();
        }
      }
      checkDeferred();
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

  /**
   * Returns how many rows a statement inserts or changes: its update count, or how many numbers
   * that are not 0 it returns, or all but those that a query says are unchanged.
   *
   * @param rows the rows of the statement
   * @param unchangedQuery as {@link UpsertStatement#unchangedQuery} has it
   */
  long changesBy(JdbcCall call, int rows, Optional<String> unchangedQuery) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (PreparedStatement statement = call.prepare(connection)) {
      boolean returnsRows = statement.execute();
      if (unchangedQuery.isPresent()) {
        return rows - number(unchangedQuery.get());
      }
      return returnsRows ? notZero(statement.getResultSet()) : statement.getUpdateCount();
    } finally {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    }
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static long notZero(ResultSet numbers) throws SQLException {
    long count = 0;
    while (numbers.next()) {
      count += numbers.getLong(1) == 0 ? 0 : 1;
    }
    return count;
  }

  private void checkDeferred() throws SQLException {
    if (checkOfDeferred.isPresent()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(checkOfDeferred.get());
      }
    }
  }

  /** PostgreSQL puts the row into a line of its own. */
  private static String shortened(String message) {
    return ShortText.told(ShortText.line(message), LONGEST_REASON);
  }

  /** Statements with their values, which a dialect may refuse as the database would. */
  interface Calls {
    List<JdbcCall> all() throws SQLException;
  }
}
