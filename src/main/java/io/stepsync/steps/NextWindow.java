package io.stepsync.steps;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Computes the window that is asked next, and puts it into the variable {@code window}. */
public final class NextWindow implements Processor {

  @Override
  public void process(Exchange exchange) {
    exchange.setVariable(ExchangeVariables.WINDOW, ExchangeVariables.run(exchange).nextWindow());
  }
}
