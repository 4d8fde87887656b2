package io.stepsync.camel;

import io.stepsync.http.Answer;
import io.stepsync.http.Reply;
import io.stepsync.http.RequestSettings;
import java.io.InputStream;
import java.net.URI;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Reads an HTTP answer whole and checks that it is one; the body becomes an {@link Answer}. */
public final class CheckAnswer implements Processor {

  @Override
  public void process(Exchange exchange) throws Exception {
    RequestSettings settings = Variables.run(exchange).getRequest();
    String url = exchange.getMessage().getHeader(Exchange.HTTP_URI, String.class);
    Reply reply = reply(exchange, URI.create(url).getRawPath());
    try (InputStream body = reply.body()) {
      exchange.getMessage().setBody(Answer.read(reply, settings));
    }
  }

  static Reply reply(Exchange exchange, String path) {
    Message message = exchange.getMessage();
    InputStream body = message.getBody(InputStream.class);
    message.setBody(null); // it is closed when this is done, and must not be read by anyone else
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    Variables.run(exchange).meters().requested(String.valueOf(status));
    return new Reply(
        status,
        path,
        message.getHeader(Exchange.CONTENT_TYPE, String.class),
        message.getHeader("Retry-After", String.class),
        body,
        Variables.run(exchange).requests()::masked);
  }
}
