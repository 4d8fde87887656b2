package io.stepsync.camel;

import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a firing of a stream's trigger over while it is paused, or has no lane for it, as the rows
 * in the body tell; while its runs have failed one after the other, or the stream is edited.
 */
public final class UnlessPausing implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger("io.stepsync.run");

  @Override
  public void process(Exchange exchange) {
    String stream = exchange.getVariable(Variables.STREAM, String.class);
    StreamMemory memory = StreamMemory.of(exchange.getContext(), stream);
    int lane = exchange.getVariable(Variables.LANE, 0, Integer.class);
    List<SqlRow> rows = rows(exchange);
    boolean paused = rows.stream().anyMatch(row -> row.text("kind").equals("pause"));
    memory.meters().paused(paused);
    if (memory.isNews(paused)) {
      LOG.atInfo()
          .addKeyValue("stream", stream)
          .log("{}: {}", stream, paused ? "paused, its trigger is passed over" : "resumed");
    }
    if (paused || memory.isPausing(lane, Instant.now()) || !isThere(lane, rows)) {
      exchange.setRouteStop(true);
    }
  }

  private static List<SqlRow> rows(Exchange exchange) {
    return exchange.getMessage().getBody() instanceof List<?> ? SqlRow.all(exchange) : List.of();
  }

  /** The lowest lane is made by its run. */
  private static boolean isThere(int lane, List<SqlRow> rows) {
    return lane == 0
        || rows.stream()
            .anyMatch(row -> row.text("kind").equals("sync") && lane < row.number("lanes"));
  }
}
