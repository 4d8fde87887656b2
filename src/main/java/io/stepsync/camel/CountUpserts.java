package io.stepsync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.jdbc.JdbcConstants;

/**
 * Notes how many rows of the window at hand were inserted or changed: the statement counted them,
 * or returned a row for each.
 */
public final class CountUpserts implements Processor {

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    Integer counted = message.getHeader(JdbcConstants.JDBC_UPDATE_COUNT, Integer.class);
    Integer returned = message.getHeader(JdbcConstants.JDBC_ROW_COUNT, Integer.class);
    Variables.run(exchange).open().upserted(counted != null ? counted : returned);
  }
}
