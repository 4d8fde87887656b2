package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Says how the run ended. */
public final class EndRun implements Processor {

  @Override
  public void process(Exchange exchange) {
    Variables.run(exchange).end();
  }
}
