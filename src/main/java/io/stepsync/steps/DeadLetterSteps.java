package io.stepsync.steps;

import io.stepsync.jdbc.DeadLetter;
import io.stepsync.run.Run;
import io.stepsync.store.SqlRow;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.component.jdbc.JdbcConstants;

/** The steps of routes/dead-letter.camel.yaml. Each takes the exchange of a run. Thread-safe. */
public final class DeadLetterSteps {

  /** Sets the parameters of the statements that keep the dead letter in the body. */
  public void parameters(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    DeadLetter letter = exchange.getMessage().getBody(DeadLetter.class);
    exchange
        .getMessage()
        .setHeader(
            JdbcConstants.JDBC_PARAMETERS,
            Map.of(
                "stream", run.getStream(),
                "id", letter.id(),
                "kind", letter.kind(),
                "reason", run.requests().masked(letter.reason()),
                "payload", letter.payload(),
                "run", run.getId()));
  }

  /**
   * Tells the run of the IDs in the body's rows, those that the API could not answer for before.
   */
  public void retryIds(Exchange exchange) {
    ExchangeVariables.run(exchange)
        .retry(SqlRow.all(exchange).stream().map(row -> row.number("id")).toList());
  }

  /**
   * Makes the run go over the records in the body's rows, which were refused before, and then ask
   * for the next ones; it has gone over all if there are none.
   */
  public void storedRecords(Exchange exchange) {
    SortedMap<Long, String> payloads = new TreeMap<>();
    for (SqlRow row : SqlRow.all(exchange)) {
      payloads.put(row.number("id"), row.text("payload"));
    }
    ExchangeVariables.run(exchange).goOver(payloads);
  }
}
