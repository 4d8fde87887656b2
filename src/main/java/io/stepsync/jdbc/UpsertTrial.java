package io.stepsync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Tries an upsert in a transaction that is always rolled back. Not thread-safe. */
public final class UpsertTrial implements WindowRows.Trial {

  private final TrialTransaction transaction;
  private final UpsertStatement statement;

  /**
   * @param connection not in a transaction; not closed
   */
  public UpsertTrial(Connection connection, UpsertStatement statement) throws SQLException {
    this.transaction = new TrialTransaction(connection);
    this.statement = statement;
  }

  /**
   * Returns how many of {@code rows} the upsert would insert or change.
   *
   * @throws SQLException also if the database refuses one of them
   */
  public long changesBy(WindowRows rows) throws SQLException {
    return rows.rowCount() == 0
        ? 0
        : transaction.changesBy(
            statement.writing(rows.columnValues()), rows.rowCount(), statement.unchangedQuery());
  }

  @Override
  public Optional<String> refusalOf(List<Object[]> columnValues) throws SQLException {
    return transaction.refusalOf(() -> List.of(statement.writing(columnValues)));
  }
}
