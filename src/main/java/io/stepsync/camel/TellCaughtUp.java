package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Tells the meters when a stream with several lanes was caught up, once the end of a lane's run is
 * kept: others may have ended on other nodes.
 */
public final class TellCaughtUp implements Processor {

  @Override
  public void process(Exchange exchange) {
    Run run = Variables.run(exchange);
    if (run.isCaughtUpSync() && run.getLaneCount() > 1 && run.meters() != Meters.NONE) {
      new LastRuns(DataSources.of(exchange.getContext()))
          .caughtUp(run.getStream())
          .ifPresent(run.meters()::caughtUp);
    }
  }
}
