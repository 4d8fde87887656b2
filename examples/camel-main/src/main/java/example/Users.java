package example;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.camel.BeanInject;
import org.apache.camel.BindToRegistry;

/** Counts the users. */
@BindToRegistry("users")
public class Users {

  @BeanInject("warehouse")
  private DataSource dataSource;

  public long count() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        ResultSet users =
            connection.createStatement().executeQuery("SELECT COUNT(*) FROM \"user\"")) {
      users.next();
      return users.getLong(1);
    }
  }
}
