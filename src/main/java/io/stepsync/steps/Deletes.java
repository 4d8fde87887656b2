package io.stepsync.steps;

import io.stepsync.jdbc.MissingRows;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.run.Run;
import io.stepsync.run.SecondLook;
import io.stepsync.store.SqlRow;
import io.stepsync.window.IdWindow;
import java.sql.SQLException;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.component.jdbc.JdbcConstants;

/**
 * The steps of routes/deletes.camel.yaml. A refresh notes the rows that its answers lack; once it
 * has seen everything, it asks for them again, and deletes those that are still missing. Each
 * method takes the exchange of a run. Thread-safe.
 */
public final class Deletes {

  /** Makes the ranges of the current window that need a statement each the body. */
  public void ranges(Exchange exchange) {
    IdWindow window = ExchangeVariables.window(exchange);
    ExchangeVariables.run(exchange).open().beginDeletes();
    exchange.getMessage().setBody(missingRows(exchange).ranges(window));
  }

  /** Makes the statement that notes the missing rows of the range in the body. */
  public void note(Exchange exchange) throws Exception {
    statement(exchange, missingRows(exchange).note());
  }

  /** Makes the statement that deletes the noted rows of the range in the body. */
  public void delete(Exchange exchange) throws Exception {
    statement(exchange, missingRows(exchange).delete());
  }

  /** Notes how many rows were deleted. */
  public void deleted(Exchange exchange) {
    int rows = exchange.getMessage().getHeader(JdbcConstants.JDBC_UPDATE_COUNT, Integer.class);
    ExchangeVariables.run(exchange).open().deleted(rows);
  }

  /** Makes the statement that counts the missing rows of the range in the body. */
  public void countMissing(Exchange exchange) throws Exception {
    statement(exchange, missingRows(exchange).countMissing());
  }

  /** Makes the statement that gives the keys of the missing rows of the range in the body. */
  public void keysOfMissing(Exchange exchange) throws Exception {
    statement(exchange, missingRows(exchange).keysOfMissing());
  }

  /** Adds the number in the body to that of the missing rows. */
  public void addMissing(Exchange exchange) {
    look(exchange).addMissing(SqlRow.first(exchange).number("found"));
  }

  /** Names some of the missing rows, which are in the body. */
  public void name(Exchange exchange) {
    look(exchange).name(SqlRow.all(exchange).stream().map(row -> row.text("row_key")).toList());
  }

  /** Begins the second look, and makes the ranges of all IDs that the refresh saw the body. */
  public void begin(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    run.getSecondLook().begin();
    exchange.getMessage().setBody(run.missingRows().ranges(run.refreshed()));
  }

  /** Makes the statement that counts all rows of the range in the body. */
  public void countAll(Exchange exchange) throws InvalidPayloadException {
    Message message = exchange.getMessage();
    MissingRows rows = missingRows(exchange);
    IdWindow range = message.getMandatoryBody(IdWindow.class);
    message.setHeader(JdbcConstants.JDBC_PARAMETERS, rows.parameters(range));
    message.setBody(rows.countAll());
  }

  /** Adds the number in the body to that of all rows. */
  public void addRows(Exchange exchange) {
    look(exchange).addRows(SqlRow.first(exchange).number("found"));
  }

  /** Tells what was found missing, and whether it is asked for again. */
  public void decide(Exchange exchange) {
    ExchangeVariables.run(exchange).decideDeletes();
  }

  /** Asks for the IDs of the missing rows in the body again; none are left if it is empty. */
  public void askAgain(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    List<Long> ids = SqlRow.all(exchange).stream().map(row -> row.number("id")).toList();
    if (ids.isEmpty()) {
      run.getSecondLook().end();
    } else {
      run.getSecondLook().askedUpTo(ids.get(ids.size() - 1));
      run.askAgain(IdWindow.around(ids, run.getSettings().scan().stepSize()));
    }
  }

  /** The end of the refresh is kept: it fails now if it must not delete what is missing. */
  public void end(Exchange exchange) {
    ExchangeVariables.run(exchange).refreshKept();
  }

  private static SecondLook look(Exchange exchange) {
    return ExchangeVariables.run(exchange).getSecondLook();
  }

  private static MissingRows missingRows(Exchange exchange) {
    return ExchangeVariables.run(exchange).missingRows();
  }

  private static void statement(Exchange exchange, String sql)
      throws SQLException, InvalidPayloadException {
    Message message = exchange.getMessage();
    Run run = ExchangeVariables.run(exchange);
    IdWindow range = message.getMandatoryBody(IdWindow.class);
    WindowRows rows = ExchangeVariables.rows(exchange);
    message.setHeader(
        JdbcConstants.JDBC_PARAMETERS, run.missingRows().parameters(run.getStream(), range, rows));
    message.setBody(sql);
  }
}
