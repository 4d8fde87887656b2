package io.stepsync.steps;

import io.stepsync.RefreshSettings;
import io.stepsync.jdbc.DeleteTrial;
import io.stepsync.jdbc.InsertCall;
import io.stepsync.jdbc.JdbcCall;
import io.stepsync.jdbc.SqlFault;
import io.stepsync.jdbc.TargetTable;
import io.stepsync.jdbc.UpsertTrial;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.run.Run;
import io.stepsync.store.DataSources;
import io.stepsync.store.SqlRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.jdbc.JdbcConstants;
import org.apache.camel.component.sql.SqlConstants;
import org.apache.camel.util.ObjectHelper;

/** The steps of routes/upsert.camel.yaml. Each takes the exchange of a run. Thread-safe. */
public final class UpsertSteps {

  private static final int MOST_TRIES = 5;

  private static final List<String> OWN_HEADERS =
      List.of(
          SqlConstants.SQL_QUERY,
          SqlConstants.SQL_UPDATE_COUNT,
          JdbcConstants.JDBC_PARAMETERS,
          JdbcConstants.JDBC_UPDATE_COUNT);

  /**
   * Brings the stream's table, where it has one, to what its settings say, before the first request
   * of a run.
   */
  public void prepareTable(Exchange exchange) throws Exception {
    Run run = ExchangeVariables.run(exchange);
    if (!run.getSettings().table().hasTable() || (run.isDry() && !run.isRefresh())) {
      return;
    }
    try (Connection connection = DataSources.of(exchange.getContext()).getConnection()) {
      TargetTable table = new TargetTable(connection, run.getSettings().table());
      if (run.isDry() && !table.exists()) {
        return;
      }
      if (!run.isDry()) {
        prepare(table);
      }
      RefreshSettings refresh = run.getSettings().refresh();
      boolean soft = refresh.deletes() == RefreshSettings.Deletes.SOFT;
      run.writeThrough(
          table.upsertStatement(),
          refresh.idColumn() == null ? null : table.missingRows(refresh.idColumn(), soft));
    }
  }

  /** Another lane may make the same table or column at this moment. */
  private static void prepare(TargetTable table) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        table.prepare();
        return;
      } catch (SQLException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  /**
   * Makes one statement out of the rows of the current window, whose records the body is: an INSERT
   * in a first load, if that is faster, else an upsert.
   *
   * @throws IllegalStateException if it is anything else, of which nothing would be written
   */
  public void upsertStatement(Exchange exchange) throws SQLException {
    Run run = ExchangeVariables.run(exchange);
    WindowRows rows = run.open().rows();
    Message message = exchange.getMessage();
    if (run.upsertStatement() == null) {
      throw new IllegalStateException("direct:stepsync-upsert needs a stream with a table");
    }
    if (!(message.getBody() instanceof SinkRecords given && given.areOf(rows))) {
      throw new IllegalStateException(
          "direct:stepsync-upsert must be given the window's records as they came, was "
              + ObjectHelper.classCanonicalName(message.getBody())
              + "; keep them in a variable meanwhile, and change or leave out records in a"
              + " transform");
    }
    OWN_HEADERS.forEach(message::removeHeader);
    Optional<InsertCall> insert = run.insertCall(rows, run.open().written());
    run.open().inserting(insert.isPresent());
    if (insert.isPresent()) {
      message.setBody(insert.get().executions());
      message.setHeader(SqlConstants.SQL_QUERY, insert.get().sql());
    } else {
      JdbcCall call = rows.writing(run.upsertStatement());
      message.setBody(call.sql());
      message.setHeader(JdbcConstants.JDBC_PARAMETERS, call.parameters());
    }
  }

  /** Puts the query into the body that tells how many rows the upsert left as they were. */
  public void unchangedQuery(Exchange exchange) {
    exchange
        .getMessage()
        .setBody(ExchangeVariables.run(exchange).upsertStatement().unchangedQuery().orElseThrow());
  }

  /**
   * Notes how many rows of the current window were inserted or changed: the statement counted them,
   * or returned a number for each, which is not 0, or a query told how many are unchanged.
   */
  public void countUpserts(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    Message message = exchange.getMessage();
    if (run.isInserting()) {
      run.open().upserted(inserted(message, run.open().rows().rowCount()));
      return;
    }
    if (run.isCountedApart()) {
      int unchanged = numbers(message).mapToInt(Number::intValue).sum();
      run.open().upserted(run.open().rows().rowCount() - unchanged);
      return;
    }
    Integer counted = message.getHeader(JdbcConstants.JDBC_UPDATE_COUNT, Integer.class);
    run.open().upserted(counted != null ? counted : written(message));
  }

  /** A driver may say that it does not know how many it inserted: all, as it did not fail. */
  private static int inserted(Message message, int rows) {
    int counted = message.getHeader(SqlConstants.SQL_UPDATE_COUNT, Integer.class);
    return counted < 0 ? rows : counted;
  }

  private static int written(Message message) {
    return (int) numbers(message).filter(number -> number.intValue() != 0).count();
  }

  /** Returns the first column of the rows that a statement returned. */
  private static Stream<Number> numbers(Message message) {
    List<?> rows = message.getBody(List.class);
    return rows.stream().map(row -> (Number) ((Map<?, ?>) row).values().iterator().next());
  }

  /** Notes that the current window is committed. */
  public void written(Exchange exchange) {
    ExchangeVariables.run(exchange).open().writeTries().written();
  }

  /**
   * Notes that the current window is committed after all, if the run's row, in the body, counts it:
   * it is written in the window's transaction, and by nobody else.
   */
  public void committedAlready(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    if (SqlRow.first(exchange).number("windows") == run.getCounters().windows()) {
      run.open().writeTries().written();
    }
  }

  /**
   * Has a window written again that the database rolled back: without what it refused, which
   * becomes dead letters, by an upsert if rows of a first load were there already, or as it was
   * behind a fault that passes, such as a deadlock or a lost connection. One that is too large for
   * a statement is asked again in narrower windows. Throws what the database said if that was
   * anything else, or does not pass.
   */
  public void writeAgain(Exchange exchange) throws Exception {
    Run run = ExchangeVariables.run(exchange);
    SQLException said = ExchangeVariables.databaseFailure(exchange);
    try {
      writeAgain(exchange, run, said);
    } catch (SQLException e) {
      if (e == said || SqlFault.of(e) != SqlFault.PASSING) {
        throw e;
      }
      run.writeAgainLater(e);
    }
    exchange.setVariable(ExchangeVariables.ROWS, run.open().rows());
  }

  private static void writeAgain(Exchange exchange, Run run, SQLException said)
      throws SQLException {
    switch (SqlFault.of(said)) {
      case ROWS_REFUSED -> leaveOutRefused(exchange, run, said);
      case TOO_LARGE -> run.tooLarge(said);
      case PASSING -> run.writeAgainLater(said);
      case LASTING -> throw said;
    }
  }

  private static void leaveOutRefused(Exchange exchange, Run run, SQLException said)
      throws SQLException {
    if (run.upsertStatement() == null) {
      throw said; // by a sink's database, of which nothing is known
    }
    WindowRows rows = run.open().rows();
    int before = rows.deadLetterCount();
    try (Connection connection = DataSources.of(exchange.getContext()).getConnection()) {
      if (rows.rowCount() > 0) {
        rows.removeRefused(new UpsertTrial(connection, run.upsertStatement()));
      }
      if (run.isDeleting() && rows.deadLetterCount() == before) {
        new DeleteTrial(connection, run.upsertStatement(), run.missingRows(), run.getStream())
            .keepRefused(run.open().written(), rows);
      }
    }
    run.checkDeadLetters();
    run.open().rolledBack();
    if (rows.deadLetterCount() > before || run.insertNoMore()) {
      run.open().writeTries().againNow();
    } else {
      run.open().writeTries().againOnce(said);
    }
  }
}
