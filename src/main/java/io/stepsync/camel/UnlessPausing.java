package io.stepsync.camel;

import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a firing of a stream's trigger over while it is paused, as the rows in the body tell,
 * while its runs have failed one after the other, or the stream is edited.
 */
public final class UnlessPausing implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger("io.stepsync.run");

  @Override
  public void process(Exchange exchange) {
    String stream = exchange.getVariable(Variables.STREAM, String.class);
    StreamMemory memory = StreamMemory.of(exchange.getContext(), stream);
    boolean paused = isPaused(exchange);
    memory.meters().paused(paused);
    if (memory.isNews(paused)) {
      LOG.atInfo()
          .addKeyValue("stream", stream)
          .log("{}: {}", stream, paused ? "paused, its trigger is passed over" : "resumed");
    }
    if (paused || memory.isPausing(Instant.now())) {
      exchange.setRouteStop(true);
    }
  }

  private static boolean isPaused(Exchange exchange) {
    return exchange.getMessage().getBody() instanceof List<?> rows && !rows.isEmpty();
  }
}
