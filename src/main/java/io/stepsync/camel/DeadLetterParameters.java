package io.stepsync.camel;

import io.stepsync.jdbc.DeadLetter;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.jdbc.JdbcConstants;

/** Sets the parameters of the statements that keep the dead letter in the body. */
public final class DeadLetterParameters implements Processor {

  @Override
  public void process(Exchange exchange) {
    Run run = Variables.run(exchange);
    DeadLetter letter = exchange.getMessage().getBody(DeadLetter.class);
    exchange
        .getMessage()
        .setHeader(
            JdbcConstants.JDBC_PARAMETERS,
            Map.of(
                "stream", run.getStream(),
                "id", letter.id(),
                "kind", letter.kind(),
                "reason", letter.reason(),
                "payload", letter.payload(),
                "run", run.getId()));
  }
}
