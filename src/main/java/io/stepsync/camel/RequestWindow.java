package io.stepsync.camel;

import io.stepsync.http.RequestTemplate;
import io.stepsync.sync.IdWindow;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Makes the request for the window at hand. */
public final class RequestWindow implements Processor {

  @Override
  public void process(Exchange exchange) {
    RequestTemplate template = Variables.run(exchange).getRequest().template();
    IdWindow window = exchange.getVariable(Variables.WINDOW, IdWindow.class);
    Variables.run(exchange).requests().asking(window);
    Message message = exchange.getMessage();
    setHeaders(message, template);
    message.setHeader(Exchange.HTTP_METHOD, template.method());
    message.setHeader(Exchange.HTTP_URI, template.endpoint(window));
    String query = template.query(window);
    message.setHeader(Exchange.HTTP_QUERY, query.isEmpty() ? null : query);
    message.setBody(template.body(window));
    if (template.body() != null && message.getHeader(Exchange.CONTENT_TYPE) == null) {
      message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    }
  }

  static void setHeaders(Message message, RequestTemplate template) {
    message.setHeader("Accept", "application/json");
    message.setHeader("User-Agent", "stepsync");
    template.headers().forEach(message::setHeader);
  }
}
