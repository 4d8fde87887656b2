package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Starts a refresh where its state row, in the body, says. */
public final class RefreshRow implements Processor {

  @Override
  public void process(Exchange exchange) {
    Variables.run(exchange).refreshFrom(StateRow.checkpoint(SqlRow.first(exchange)).currentId());
  }
}
