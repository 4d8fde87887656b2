package io.stepsync.camel;

import io.stepsync.http.Answer;
import io.stepsync.http.Reply;
import java.io.InputStream;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Reads the answer that brings an access token; the body becomes an {@link AccessToken}. */
public final class CheckToken implements Processor {

  private static final int LONGEST = 1 << 20;

  @Override
  public void process(Exchange exchange) throws Exception {
    Reply reply = CheckAnswer.reply(exchange, "tokenUrl");
    try (InputStream body = reply.body()) {
      Answer.requireStatus200(reply);
      byte[] json = body == null ? new byte[0] : body.readNBytes(LONGEST);
      exchange.getMessage().setBody(AccessToken.parse(json, Instant.now()));
    }
  }
}
