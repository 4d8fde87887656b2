package io.stepsync.camel;

import io.stepsync.jdbc.SqlFault;
import io.stepsync.jdbc.UpsertTrial;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.util.ObjectHelper;

/**
 * Has a window written again that the database rolled back: without the rows that it refused, which
 * become dead letters, or as it was behind a fault that passes, such as a deadlock or a lost
 * connection. One that is too large for a statement is asked again in narrower windows. Throws what
 * the database said if that was anything else, or does not pass.
 */
public final class WriteAgain implements Processor {

  @Override
  public void process(Exchange exchange) throws Exception {
    Run run = Variables.run(exchange);
    SQLException said =
        ObjectHelper.getException(
            SQLException.class, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    switch (SqlFault.of(said)) {
      case ROWS_REFUSED -> removeRefused(exchange, run, said);
      case TOO_LARGE -> run.tooLarge(said);
      case PASSING -> run.writeAgainLater(said);
      case LASTING -> throw said;
    }
    exchange.setVariable(Variables.ROWS, run.open().rows());
  }

  private static void removeRefused(Exchange exchange, Run run, SQLException said)
      throws SQLException {
    if (run.upsertStatement() == null) {
      throw said; // by a sink's database, of which nothing is known
    }
    try (Connection connection = DataSources.of(exchange.getContext()).getConnection()) {
      run.open().rows().removeRefused(new UpsertTrial(connection, run.upsertStatement()));
    }
    run.checkDeadLetters();
    run.open().writeTries().againNow();
  }
}
