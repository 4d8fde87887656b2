package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Makes the records of the window at hand the body, for the stream's sink. */
public final class BeginSink implements Processor {

  @Override
  public void process(Exchange exchange) {
    Run run = Variables.run(exchange);
    exchange.getMessage().removeHeaders("*");
    if (run.upsertStatement() == null) {
      exchange.getMessage().setBody(new SinkRecords(run.open().rows()));
      run.open().upserted(run.open().rows().rowCount());
    }
  }
}
