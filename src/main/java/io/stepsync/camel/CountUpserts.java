package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.jdbc.JdbcConstants;

/** Notes how many rows of the window at hand were inserted or changed. */
public final class CountUpserts implements Processor {

  @Override
  public void process(Exchange exchange) {
    int changed = exchange.getMessage().getHeader(JdbcConstants.JDBC_UPDATE_COUNT, Integer.class);
    Variables.run(exchange).upserted(changed);
  }
}
