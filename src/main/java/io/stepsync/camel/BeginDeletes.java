package io.stepsync.camel;

import io.stepsync.sync.IdWindow;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Makes the ranges of IDs that need a delete statement each the body. */
public final class BeginDeletes implements Processor {

  @Override
  public void process(Exchange exchange) {
    Run run = Variables.run(exchange);
    run.open().beginDeletes();
    IdWindow window = exchange.getVariable(Variables.WINDOW, IdWindow.class);
    exchange.getMessage().setBody(run.deleteStatement().ranges(window));
  }
}
