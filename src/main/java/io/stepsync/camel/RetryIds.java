package io.stepsync.camel;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Tells the run of the IDs in the body's rows, those that the API could not answer for before. */
public final class RetryIds implements Processor {

  @Override
  public void process(Exchange exchange) {
    List<?> rows = exchange.getMessage().getBody(List.class);
    Variables.run(exchange)
        .retry(
            rows.stream().map(row -> ((Number) ((Map<?, ?>) row).get("ID")).longValue()).toList());
  }
}
