package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Puts the lane that the trigger runs next into the variable {@code lane}, and takes it away behind
 * the last. There is another only while a stream has more lanes than triggers, because the setting
 * was lowered while all of them were half settled.
 */
public final class NextLane implements Processor {

  @Override
  public void process(Exchange exchange) {
    Integer next = Variables.run(exchange).laneBehind();
    if (next == null) {
      exchange.removeVariable(Variables.LANE);
    } else {
      exchange.setVariable(Variables.LANE, next);
      exchange.setVariable(Variables.KIND, exchange.getVariable(Variables.ASKED, String.class));
    }
  }
}
