package io.stepsync.jdbc;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An upsert whose values are first made to fit the columns that the table has: rounded, if the user
 * wants that, or refused as the database should. Thread-safe.
 */
final class FittedStatement implements UpsertStatement {

  private final UpsertStatement statement;
  private final List<Optional<Fit>> fits;

  private FittedStatement(UpsertStatement statement, List<Optional<Fit>> fits) {
    this.statement = statement;
    this.fits = List.copyOf(fits);
  }

  /**
   * @param fits one a column, in order; nothing for a column that takes all values as they are
   */
  static UpsertStatement of(UpsertStatement statement, List<Optional<Fit>> fits) {
    return fits.stream().allMatch(Optional::isEmpty)
        ? statement
        : new FittedStatement(statement, fits);
  }

  @Override
  public JdbcCall writing(List<Object[]> columnValues) throws SQLException {
    return statement.writing(fitted(columnValues));
  }

  @Override
  public Optional<InsertCall> inserting(List<Object[]> columnValues) throws SQLException {
    return statement.inserting(fitted(columnValues));
  }

  private List<Object[]> fitted(List<Object[]> columnValues) throws SQLDataException {
    List<Object[]> fitted = new ArrayList<>(columnValues.size());
    for (int i = 0; i < columnValues.size(); i++) {
      Object[] values = columnValues.get(i);
      fitted.add(fits.get(i).isPresent() ? fitted(values, fits.get(i).get()) : values);
    }
    return fitted;
  }

  @Override
  public Optional<String> unchangedQuery() {
    return statement.unchangedQuery();
  }

  private static Object[] fitted(Object[] values, Fit fit) throws SQLDataException {
    Object[] fitted = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      fitted[i] = values[i] == null ? null : fit.of(values[i]);
    }
    return fitted;
  }

  /** Makes a value what a column keeps of it. */
  interface Fit {

    /**
     * Returns what the column keeps of a value, which is the value unless it is to be rounded.
     *
     * @param value not null
     * @throws SQLDataException if the column would keep another value
     */
    Object of(Object value) throws SQLDataException;
  }
}
