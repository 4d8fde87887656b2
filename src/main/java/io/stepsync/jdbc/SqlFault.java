package io.stepsync.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;

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

  /** SQLSTATE for an error of the system outside, such as one of input or output. */
  public static final String IO_ERROR = "58030";

  /** SQLSTATE for a statement that is too long. */
  private static final String TOO_LONG = "54001";

  /** SQLSTATE for what a user may not do. */
  private static final String FORBIDDEN = "42501";

  /**
   * Tells what is to be done about {@code e}. One without an SQLSTATE is the connection pool's, of
   * a connection that is gone.
   */
  public static SqlFault of(SQLException e) {
    String state = Dialects.sqlState(e);
    if (state == null) {
      return PASSING;
    }
    if (state.equals(TOO_LONG)) {
      return TOO_LARGE;
    }
    if (state.matches(REFUSALS)) {
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
    return FORBIDDEN.equals(Dialects.sqlState(e));
  }
}
