package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Stops a run whose lane's row, one of those in the body, was changed by someone else: the window
 * at hand is rolled back.
 */
public final class Fenced implements Processor {

  /**
   * @throws LanesCutException if the lane is another now
   * @throws IllegalStateException if another runner has moved its checkpoint
   */
  @Override
  public void process(Exchange exchange) {
    if (!Variables.run(exchange).hasLaneOf(StateRow.lanes(exchange))) {
      throw new LanesCutException();
    }
    throw new IllegalStateException("another runner of this stream has moved its checkpoint");
  }
}
