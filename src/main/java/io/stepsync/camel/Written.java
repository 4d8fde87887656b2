package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Notes that the window at hand is committed. */
public final class Written implements Processor {

  @Override
  public void process(Exchange exchange) {
    Variables.run(exchange).open().writeTries().written();
  }
}
