package io.stepsync.camel;

import io.stepsync.http.RequestSettings;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Makes the request for the API's highest ID. */
public final class RequestHead implements Processor {

  @Override
  public void process(Exchange exchange) {
    RequestSettings request = Variables.run(exchange).getRequest();
    Message message = exchange.getMessage();
    RequestWindow.setHeaders(message, request.template());
    message.setBody(null);
    message.setHeader(Exchange.HTTP_METHOD, "GET");
    message.setHeader(Exchange.HTTP_URI, request.headEndpoint());
    message.setHeader(Exchange.HTTP_QUERY, request.headUrl().getRawQuery());
  }
}
