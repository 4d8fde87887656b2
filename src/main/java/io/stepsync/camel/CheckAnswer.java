package io.stepsync.camel;

import io.stepsync.http.Answer;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Reads an HTTP answer whole and checks that it is one; the body becomes an {@link Answer}. */
public final class CheckAnswer implements Processor {

  @Override
  public void process(Exchange exchange) throws Exception {
    Message message = exchange.getMessage();
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    String contentType = message.getHeader(Exchange.CONTENT_TYPE, String.class);
    int limit = Variables.run(exchange).getRequest().maxResponseBytes();
    try (InputStream body = message.getBody(InputStream.class)) {
      message.setBody(Answer.read(status, contentType, body, limit));
    }
  }
}
