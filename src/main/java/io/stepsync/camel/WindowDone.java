package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Settles the window at hand after it was committed: the scan position moves on. When the Camel
 * context stops, or the stream is edited, the run ends here.
 */
public final class WindowDone implements Processor {

  @Override
  public void process(Exchange exchange) {
    Run run = Variables.run(exchange);
    run.windowDone();
    RunWatch.of(exchange.getContext()).windowDone(run);
    if (exchange.getContext().isStopping() || run.requests().memory().isClosed()) {
      run.pause();
    }
  }
}
