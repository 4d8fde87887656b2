package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Makes the records of the window at hand the body, for the stream's sink. */
public final class BeginSink implements Processor {

  @Override
  public void process(Exchange exchange) {
    OpenWindow open = Variables.run(exchange).open();
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(new SinkRecords(open.rows()));
    open.upserted(open.rows().rowCount()); // the table's own sink counts those that changed
  }
}
