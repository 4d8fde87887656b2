package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Asks for the window at hand, and for those behind it, through the routes {@code stepsync-fetch}
 * and {@code stepsync-records}, and puts its rows into the variable {@code rows}.
 */
public final class FetchWindow implements Processor {

  @Override
  public void process(Exchange exchange) throws Exception {
    Run run = Variables.run(exchange);
    exchange.getMessage().removeHeaders("*");
    try {
      run.fetch();
    } catch (Exception e) {
      run.troubled(Troubles.in(e).orElseThrow(() -> e));
    }
    exchange.setVariable(Variables.WINDOW, run.open().ids());
    exchange.setVariable(Variables.ROWS, run.open().rows());
  }
}
