package io.stepsync.camel;

import io.stepsync.jdbc.UpsertTrial;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes dead letters of the rows that the database refused, after it has rolled their window back.
 * Throws what the database said if that was about something else than a row.
 */
public final class RemoveRefused implements Processor {

  @Override
  public void process(Exchange exchange) throws Exception {
    Run run = Variables.run(exchange);
    SQLException refusal =
        refusalIn(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    if (!UpsertTrial.isRefusal(refusal)) {
      throw refusal;
    }
    try (Connection connection = DataSources.of(exchange.getContext()).getConnection()) {
      run.rows().removeRefused(new UpsertTrial(connection, run.upsertStatement()));
    }
    run.checkDeadLetters();
  }

  private static SQLException refusalIn(Throwable thrown) {
    Throwable cause = thrown;
    while (!(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    return (SQLException) cause;
  }
}
