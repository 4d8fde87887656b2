package io.stepsync.jdbc;

import java.util.List;

/**
 * An INSERT with the values of its parameters, which the driver is given at once.
 *
 * @param sql the statement, with a question mark for each parameter
 * @param executions the values, in order, of each time that it is carried out; not changed
 */
public record InsertCall(String sql, List<List<Object>> executions) {

  /** Takes a statement that is carried out once. */
  public static InsertCall of(JdbcCall call) {
    return new InsertCall(call.sql(), List.of(call.parameters()));
  }
}
