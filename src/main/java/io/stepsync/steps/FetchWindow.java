package io.stepsync.steps;

import io.stepsync.run.Run;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Asks for the current window, and for those after it, and puts its rows into the variable {@code
 * rows}. Thread-safe.
 */
public final class FetchWindow implements Processor {

  private final WindowRequest.Routes routes;

  /**
   * @param fetch the endpoint that gives the answer to the window in the variable {@code window}
   * @param records the endpoint that makes rows of the records in the body
   * @param transformed as {@code records}, for a stream with a transform
   */
  public FetchWindow(String fetch, String records, String transformed) {
    this.routes = new WindowRequest.Routes(fetch, records, transformed);
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    Run run = ExchangeVariables.run(exchange);
    routes.fetchThrough(exchange.getContext(), run);
    exchange.getMessage().removeHeaders("*");
    try {
      ExchangeVariables.stopSignal(exchange).during(run::fetch);
    } catch (Exception e) {
      run.failed(e);
    }
    exchange.setVariable(ExchangeVariables.WINDOW, run.open().written());
    exchange.setVariable(ExchangeVariables.ROWS, run.open().rows());
  }
}
