package io.stepsync.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A statement with the values of its parameters.
 *
 * @param sql the statement, with a question mark for each parameter
 * @param parameters the values, in order; not changed
 */
public record JdbcCall(String sql, List<Object> parameters) {

  private static final Pattern NAME = Pattern.compile(":\\?(\\w+)");

  /** Takes a statement in camel-jdbc's notation, {@code :?name}, and its values by their names. */
  public static JdbcCall named(String sql, Map<String, Object> parameters) {
    List<Object> values = NAME.matcher(sql).results().map(name -> value(name, parameters)).toList();
    return new JdbcCall(NAME.matcher(sql).replaceAll("?"), values);
  }

  private static Object value(MatchResult name, Map<String, Object> parameters) {
    return parameters.get(name.group(1));
  }

  /** Prepares the statement on {@code connection} and sets its parameters. */
  public PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      int index = 0;
      for (Object value : parameters) {
        statement.setObject(++index, value);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
