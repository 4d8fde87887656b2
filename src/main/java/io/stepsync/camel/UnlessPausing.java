package io.stepsync.camel;

import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Passes a firing of a stream's trigger over while its runs have failed one after the other, or the
 * stream is edited.
 */
public final class UnlessPausing implements Processor {

  @Override
  public void process(Exchange exchange) {
    String stream = exchange.getVariable(Variables.STREAM, String.class);
    if (StreamMemory.of(exchange.getContext(), stream).isPausing(Instant.now())) {
      exchange.setRouteStop(true);
    }
  }
}
