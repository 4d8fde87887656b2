package io.stepsync.jdbc.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a server says of itself. */
final class ServerValue {

  private ServerValue() {}

  /**
   * Returns the value of an expression of the server's, such as a setting of it, as a text.
   *
   * @param expression as in a SELECT; its value is not null
   */
  static String of(Connection server, String expression) throws SQLException {
    try (Statement statement = server.createStatement();
        ResultSet value = statement.executeQuery("SELECT " + expression)) {
      value.next();
      return value.getString(1);
    }
  }
}
