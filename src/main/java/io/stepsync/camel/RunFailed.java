package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.util.ObjectHelper;

/**
 * Notes why the run failed; nothing of the window at hand was written. That its lane was cut anew
 * is no failure: the next run goes on.
 */
public final class RunFailed implements Processor {

  @Override
  public void process(Exchange exchange) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Run run = Variables.run(exchange);
    if (ObjectHelper.getException(LanesCutException.class, cause) != null) {
      run.stopAsLanesAreCut();
      return;
    }
    run.fail(run.requests().masked(Failures.message(cause)));
  }
}
