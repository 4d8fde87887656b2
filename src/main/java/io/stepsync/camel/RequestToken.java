package io.stepsync.camel;

import io.stepsync.http.AuthSettings;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Makes the request for an access token. */
public final class RequestToken implements Processor {

  @Override
  public void process(Exchange exchange) {
    AuthSettings auth = Variables.run(exchange).getRequest().auth();
    Message message = exchange.getMessage();
    message.setHeader(Exchange.HTTP_METHOD, "POST");
    message.setHeader(Exchange.HTTP_URI, auth.tokenUrl().toString());
    message.setHeader("Authorization", auth.basic());
    message.setHeader("Accept", "application/json");
    message.setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded");
    message.setBody(auth.tokenRequest());
  }
}
