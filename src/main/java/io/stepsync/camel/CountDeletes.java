package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.jdbc.JdbcConstants;

/** Notes how many rows were deleted, and fails the run if they are more than the stream allows. */
public final class CountDeletes implements Processor {

  @Override
  public void process(Exchange exchange) {
    Variables.run(exchange)
        .deleted(exchange.getMessage().getHeader(JdbcConstants.JDBC_UPDATE_COUNT, Integer.class));
  }
}
