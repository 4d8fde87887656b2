package io.stepsync.camel;

import io.stepsync.http.RequestSettings;
import io.stepsync.sync.IdWindow;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Sets the URL and the query that ask for the window at hand. */
public final class RequestWindow implements Processor {

  @Override
  public void process(Exchange exchange) {
    RequestSettings request = Variables.run(exchange).getRequest();
    IdWindow window = exchange.getVariable(Variables.WINDOW, IdWindow.class);
    Message message = exchange.getMessage();
    message.setBody(null);
    message.setHeader(Exchange.HTTP_URI, request.endpoint());
    message.setHeader(Exchange.HTTP_QUERY, request.query(window));
  }
}
