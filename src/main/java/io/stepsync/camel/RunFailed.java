package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Notes why the run failed; nothing of the window at hand was written. */
public final class RunFailed implements Processor {

  @Override
  public void process(Exchange exchange) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Run run = Variables.run(exchange);
    run.fail(run.requests().masked(Failures.message(cause)));
  }
}
