package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Tells the run of the IDs in the body's rows, those that the API could not answer for before. */
public final class RetryIds implements Processor {

  @Override
  public void process(Exchange exchange) {
    Variables.run(exchange)
        .retry(SqlRow.all(exchange).stream().map(row -> row.number("id")).toList());
  }
}
