package io.stepsync.jdbc.source;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source whose statements tell how many parameters they have without asking the server.
 *
 * <p>camel-jdbc and camel-sql want to know that before each execution. For it PostgreSQL's driver
 * asks the server, and MariaDB's has it prepare the whole statement once more. Of what type a
 * parameter is, which Spring asks for each that is null, they do not tell: it is set without one
 * then. Thread-safe.
 */
public final class CountedParameters extends DelegatingDataSource {

  private static final int LONG = 4_000;

  private static volatile Count last = new Count("", OptionalInt.of(0));

  /** Gives the connections of {@code dataSource}, with such statements. */
  public CountedParameters(DataSource dataSource) {
    super(dataSource);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return counting(super.getConnection());
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return counting(super.getConnection(username, password));
  }

  private static Connection counting(Connection connection) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          Object result = invoke(proxy, connection, method, arguments);
          return result instanceof PreparedStatement statement
                  && method.getName().equals("prepareStatement")
              ? counted(statement, (String) arguments[0])
              : result;
        });
  }

  private static PreparedStatement counted(PreparedStatement statement, String sql) {
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) -> {
          OptionalInt count =
              method.getName().equals("getParameterMetaData")
                  ? remembered(sql)
                  : OptionalInt.empty();
          return count.isPresent()
              ? known(statement, count.getAsInt())
              : invoke(proxy, statement, method, arguments);
        });
  }

  private static ParameterMetaData known(PreparedStatement statement, int count) {
    return proxy(
        ParameterMetaData.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getParameterCount" -> count;
              case "getParameterType" ->
                  throw new SQLFeatureNotSupportedException("types are not asked for");
              default -> invoke(proxy, statement.getParameterMetaData(), method, arguments);
            });
  }

  /** A window's statement may be long, and is mostly that of the window before. */
  private static OptionalInt remembered(String sql) {
    Count before = last;
    if (sql.length() < LONG) {
      return count(sql);
    }
    if (!sql.equals(before.sql)) {
      before = new Count(sql, count(sql));
      last = before;
    }
    return before.parameters;
  }

  private record Count(String sql, OptionalInt parameters) {}

  /** Returns how many parameters {@code sql} has, or nothing where only the server can tell. */
  static OptionalInt count(String sql) {
    int count = 0;
    for (int i = 0; i < sql.length(); i++) {
      char character = sql.charAt(i);
      if (isQuote(character)) {
        int end = sql.indexOf(character, i + 1);
        if (end < 0 || sql.substring(i, end).indexOf('\\') >= 0) {
          return OptionalInt.empty();
        }
        i = end;
      } else if (isUncertain(character, sql, i + 1)) {
        return OptionalInt.empty();
      } else if (character == '?') {
        count++;
      }
    }
    return OptionalInt.of(count);
  }

  private static boolean isQuote(char character) {
    return character == '\'' || character == '"' || character == '`';
  }

  /** A comment, a dollar-quoted text, or one of PostgreSQL's operators with a question mark. */
  private static boolean isUncertain(char character, String sql, int next) {
    return switch (character) {
      case '#', '$', '\\' -> true;
      case '-' -> sql.startsWith("-", next);
      case '/' -> sql.startsWith("*", next);
      case '?' ->
          sql.startsWith("?", next) || sql.startsWith("|", next) || sql.startsWith("&", next);
      default -> false;
    };
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            CountedParameters.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Object proxy, Object target, Method method, Object[] arguments)
      throws Throwable {
    if (method.getName().equals("equals") && arguments.length == 1) {
      return proxy == arguments[0];
    }
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
