package io.stepsync.steps;

import io.stepsync.jdbc.DeadLetter;
import io.stepsync.run.Run;
import io.stepsync.store.DataSources;
import io.stepsync.store.SqlRow;
import io.stepsync.store.letters.DeadLetterTable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.springframework.jdbc.core.JdbcTemplate;

/** The steps of routes/dead-letter.camel.yaml. Each takes the exchange of a run. Thread-safe. */
public final class DeadLetterSteps {

  /** Keeps what was refused of the current window, in its transaction. */
  public void keep(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    List<DeadLetter> letters =
        ExchangeVariables.rows(exchange).deadLetters().stream()
            .map(letter -> letter.masked(run.requests()::masked))
            .toList();
    new DeadLetterTable(new JdbcTemplate(DataSources.of(exchange.getContext())))
        .keep(run.getStream(), run.getId(), letters);
  }

  /** Has the run go over those dead letters only whose reason has the text that was asked for. */
  public void onlyAsked(Exchange exchange) {
    ExchangeVariables.run(exchange).retryOnly(exchange.getVariable("reason", "", String.class));
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
