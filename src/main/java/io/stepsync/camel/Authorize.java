package io.stepsync.camel;

import io.stepsync.http.AuthSettings;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Shows the API who stepsync is, as the stream's {@code auth} says; an access token that is missing
 * or over comes through the route {@code stepsync-token}.
 */
public final class Authorize implements Processor {

  private static final String TOKEN = "direct:stepsync-token";

  @Override
  public void process(Exchange exchange) throws Exception {
    Run run = Variables.run(exchange);
    AuthSettings auth = run.getRequest().auth();
    String token =
        auth.needsToken()
            ? run.requests().memory().token(Instant.now(), () -> newToken(exchange))
            : null;
    auth.headers(token).forEach(exchange.getMessage()::setHeader);
    if (!auth.query().isEmpty()) {
      String query = exchange.getMessage().getHeader(Exchange.HTTP_QUERY, String.class);
      String before = query == null || query.isEmpty() ? "" : query + "&";
      exchange.getMessage().setHeader(Exchange.HTTP_QUERY, before + auth.query());
    }
  }

  private static AccessToken newToken(Exchange exchange) throws Exception {
    Exchange request = RouteCall.exchange(exchange.getContext());
    request.setVariable(Variables.RUN, Variables.run(exchange));
    RouteCall.send(TOKEN, request);
    return request.getMessage().getMandatoryBody(AccessToken.class);
  }
}
