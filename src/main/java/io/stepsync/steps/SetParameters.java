package io.stepsync.steps;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.jdbc.DefaultJdbcPrepareStatementStrategy;
import org.apache.camel.component.jdbc.JdbcConstants;

/**
 * Sets the parameters of a window's statement as Camel does, but for two things that count where
 * they are thousands: a list in {@code CamelJdbcParameters} is set in its order, and the driver's
 * own statement takes them, a text as such.
 *
 * <p>Thread-safe.
 */
public final class SetParameters extends DefaultJdbcPrepareStatementStrategy {

  @Override
  public Iterator<?> createPopulateIterator(
      String query, String preparedQuery, int expectedParams, Exchange exchange, Object value)
      throws SQLException {
    return exchange.getMessage().getHeader(JdbcConstants.JDBC_PARAMETERS) instanceof List<?> list
        ? list.iterator()
        : super.createPopulateIterator(query, preparedQuery, expectedParams, exchange, value);
  }

  @Override
  public void populateStatement(PreparedStatement ps, Iterator<?> values, int expectedParams)
      throws SQLException {
    PreparedStatement driver =
        ps.isWrapperFor(PreparedStatement.class) ? ps.unwrap(PreparedStatement.class) : ps;
    int index = 0;
    while (values.hasNext() && index < expectedParams) {
      Object value = values.next();
      index++;
      if (value instanceof String text) {
        driver.setString(index, text);
      } else {
        driver.setObject(index, value);
      }
    }
    if (index < expectedParams) {
      throw new SQLException("the statement has " + expectedParams + " parameters, was " + index);
    }
  }
}
