package io.stepsync.camel;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.jdbc.JdbcConstants;

/**
 * Notes how many rows of the window at hand were inserted or changed: the statement counted them,
 * or returned a number for each, which is not 0.
 */
public final class CountUpserts implements Processor {

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    Integer counted = message.getHeader(JdbcConstants.JDBC_UPDATE_COUNT, Integer.class);
    Variables.run(exchange).open().upserted(counted != null ? counted : written(message));
  }

  private static int written(Message message) {
    int written = 0;
    for (Object row : message.getBody(Iterable.class)) {
      Object number = ((Map<?, ?>) row).values().iterator().next();
      written += ((Number) number).intValue() == 0 ? 0 : 1;
    }
    return written;
  }
}
