package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Notes that the window at hand is committed after all, if the run's row, in the body, counts it:
 * it is written in the window's transaction, and by nobody else.
 */
public final class CommittedAlready implements Processor {

  @Override
  public void process(Exchange exchange) {
    Run run = Variables.run(exchange);
    if (SqlRow.first(exchange).number("windows") == run.getCounters().windows()) {
      run.open().writeTries().written();
    }
  }
}
