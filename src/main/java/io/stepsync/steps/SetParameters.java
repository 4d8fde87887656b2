package io.stepsync.steps;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.jdbc.JdbcConstants;
import org.apache.camel.component.jdbc.JdbcPrepareStatementStrategy;
import org.apache.camel.component.sql.SqlPrepareStatementStrategy;

/**
 * Sets the parameters of a window's statement, for {@code jdbc:} and {@code sql:}: a list, in
 * {@code CamelJdbcParameters} or of a row, in its order; the driver's own statement takes them, a
 * text as such. That counts where they are thousands. The statement itself is not looked into.
 *
 * <p>Thread-safe.
 */
public final class SetParameters
    implements JdbcPrepareStatementStrategy, SqlPrepareStatementStrategy {

  @Override
  public String prepareQuery(String query, boolean allowNamedParameters) {
    return query;
  }

  @Override
  public String prepareQuery(String query, boolean allowNamedParameters, Exchange exchange) {
    return query;
  }

  @Override
  public Iterator<?> createPopulateIterator(
      String query, String preparedQuery, int expectedParams, Exchange exchange, Object value) {
    List<?> list = exchange.getMessage().getHeader(JdbcConstants.JDBC_PARAMETERS, List.class);
    return list == null ? ((List<?>) value).iterator() : list.iterator();
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
