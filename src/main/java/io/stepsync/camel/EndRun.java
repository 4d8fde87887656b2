package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Says how the run ended, and why it failed if it did. */
public final class EndRun implements Processor {

  @Override
  public void process(Exchange exchange) {
    Run run = Variables.run(exchange);
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (cause != null) {
      run.fail(Failures.message(cause));
    }
    run.logEnd();
  }
}
