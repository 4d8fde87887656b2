package io.stepsync.jdbc.dialect;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/**
 * A connection to SQLite that takes and gives moments and booleans, which its driver does not, and
 * takes what stepsync's own SQL says: a moment is a text in UTC with six decimals of a second.
 */
final class SqliteConnection {

  static final String NOW = "strftime('%Y-%m-%d %H:%M:%f000', 'now')";

  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private SqliteConnection() {}

  static <T> T of(Class<T> type, Object target) {
    return type.cast(
        Proxy.newProxyInstance(
            SqliteConnection.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("equals")
                    ? proxy == arguments[0]
                    : call(target, method, arguments == null ? new Object[0] : arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() instanceof SQLException fault ? told(fault) : e.getCause();
              }
            }));
  }

  /** Spring, for one, goes by the state, of which the driver gives none. */
  private static SQLException told(SQLException fault) {
    String state = state(fault).orElse(fault.getSQLState());
    return new SQLException(fault.getMessage(), state, fault.getErrorCode(), fault);
  }

  static Optional<String> state(SQLException e) {
    if (!e.getClass().getName().startsWith("org.sqlite.")) {
      return Optional.empty();
    }
    return Optional.of(
        switch (e.getErrorCode() & 0xff) {
          case 5, 6 -> "40001"; // busy, locked
          case 8 -> "42501"; // read only
          case 13 -> "53100"; // the disk is full
          case 18 -> "22001"; // too big
          case 19 -> e.getMessage().contains("UNIQUE constraint") ? "23505" : "23000";
          default -> "HY000";
        });
  }

  private static Object call(Object target, Method method, Object[] arguments)
      throws ReflectiveOperationException, SQLException {
    boolean timestamp = method.getName().equals("getTimestamp");
    if (target instanceof ResultSet row && (timestamp || method.getName().equals("getObject"))) {
      int column =
          arguments[0] instanceof String name ? row.findColumn(name) : (Integer) arguments[0];
      Object asked = arguments.length > 1 ? arguments[1] : declared(row, column);
      return get(row, column, (Class<?>) (timestamp ? Timestamp.class : asked));
    }
    if (target instanceof PreparedStatement statement && arguments.length > 1) {
      Object value = arguments[1] instanceof Timestamp time ? time.toInstant() : arguments[1];
      if (value instanceof Instant || value instanceof OffsetDateTime) {
        statement.setString((Integer) arguments[0], TEXT.format((TemporalAccessor) value));
        return null;
      }
    }
    if (arguments.length > 0
        && arguments[0] instanceof String sql
        && !(target instanceof ResultSet)) {
      arguments[0] =
          sql.replace("CURRENT_TIMESTAMP", NOW)
              .replaceFirst("\\s+FOR UPDATE\\s*$", "")
              .replaceAll("POSITION\\(('[^']*') IN (\\w+)\\)", "INSTR($2, $1)")
              .replace(" FROM 1 FOR ", ", 1, ");
    }
    Object result = method.invoke(target, arguments);
    Class<?> type = method.getReturnType();
    boolean adapted = Statement.class.isAssignableFrom(type) || type == ResultSet.class;
    return adapted && result != null ? of(type, result) : result;
  }

  private static Class<?> declared(ResultSet row, int column) throws SQLException {
    return switch (row.getMetaData().getColumnTypeName(column)) {
      case "BOOLEAN" -> Boolean.class;
      case "TIMESTAMP" -> OffsetDateTime.class;
      default -> Object.class;
    };
  }

  private static Object get(ResultSet row, int column, Class<?> type)
      throws ReflectiveOperationException, SQLException {
    if (type == Object.class || type == byte[].class) {
      return row.getObject(column); // its text would make a text of it
    }
    String text = row.getString(column);
    if (text == null) {
      return null;
    }
    String iso = text.replace(' ', 'T');
    if (type == Timestamp.class) {
      return Timestamp.from(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
    }
    if (type == OffsetDateTime.class) {
      return LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC);
    }
    return Temporal.class.isAssignableFrom(type)
        ? type.getMethod("parse", CharSequence.class).invoke(null, iso)
        : row.getObject(column, type);
  }
}
