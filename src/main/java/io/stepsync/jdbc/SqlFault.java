package io.stepsync.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** What is to be done about an exception of the database. */
public enum SqlFault {
  /** It refuses a row, not the statement: a value that does not fit, or a constraint. */
  ROWS_REFUSED,
  /** The statement is longer than the database takes: fewer rows are not. */
  TOO_LARGE,
  /** The same may succeed a little later: a deadlock, a lost connection, a server that restarts. */
  PASSING,
  /** Nothing will change it but people. */
  LASTING;

  /**
   * SQLSTATE's classes for a value that does not fit, and for a constraint that it breaks; and what
   * PostgreSQL says of a key that is too long for its index.
   */
  private static final String REFUSALS = "(22|23|54000).*";

  /**
   * SQLSTATE's classes for a lost connection, and for a transaction that was rolled back; and what
   * PostgreSQL says when it is stopped, cannot be reached yet, has no connection left, or has ended
   * a transaction that stood still for too long.
   */
  private static final String PASSINGS = "(08|40|57P0|53300|25P03).*";

  /**
   * MySQL's codes for a sign that a column's character set lacks, and for a check constraint, which
   * have the SQLSTATE of anything else.
   */
  private static final Set<Integer> MYSQL_REFUSALS = Set.of(1366, 3819);

  private static final String ANYTHING = "HY000";

  /** SQLSTATE for what a user may not do. */
  private static final String FORBIDDEN = "42501";

  /** MariaDB's and MySQL's codes for it: of a database, a table, a column, an administrator. */
  private static final Set<Integer> MARIADB_FORBIDDEN = Set.of(1044, 1142, 1143, 1227);

  /** MariaDB's driver and server have four SQLSTATEs for it, all of which mean more than this. */
  private static final String MARIADB_LIMIT = "max_allowed_packet";

  /**
   * Tells what is to be done about {@code e}. One without an SQLSTATE is the connection pool's, of
   * a connection that is gone.
   */
  public static SqlFault of(SQLException e) {
    if (String.valueOf(e.getMessage()).contains(MARIADB_LIMIT)) {
      return TOO_LARGE;
    }
    String state = e.getSQLState();
    if (state == null) {
      return PASSING;
    }
    if (state.matches(REFUSALS)
        || (state.equals(ANYTHING) && MYSQL_REFUSALS.contains(e.getErrorCode()))) {
      return ROWS_REFUSED;
    }
    boolean passes =
        state.matches(PASSINGS)
            || e instanceof SQLTransientException
            || e instanceof SQLRecoverableException
            || e instanceof SQLNonTransientConnectionException;
    return passes ? PASSING : LASTING;
  }

  /** Tells whether the database refuses something as its user lacks the right to it. */
  public static boolean isForbidden(SQLException e) {
    return FORBIDDEN.equals(e.getSQLState()) || MARIADB_FORBIDDEN.contains(e.getErrorCode());
  }
}
