package io.stepsync.steps;

import io.stepsync.http.AccessToken;
import io.stepsync.http.Answer;
import io.stepsync.http.AuthSettings;
import io.stepsync.http.Reply;
import io.stepsync.http.RequestSettings;
import io.stepsync.http.RequestTemplate;
import io.stepsync.run.AnswerRoom;
import io.stepsync.run.Run;
import io.stepsync.store.budget.Budget;
import io.stepsync.window.IdWindow;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * The steps of routes/fetch.camel.yaml: the requests and what comes of their answers. Each takes an
 * exchange of a run. Thread-safe.
 */
public final class FetchSteps {

  private static final String TOKEN = "direct:stepsync-token";
  private static final int LONGEST = 1 << 20;

  /** Makes the request for the current window. */
  public void requestWindow(Exchange exchange) {
    RequestTemplate template = ExchangeVariables.run(exchange).getRequest().template();
    IdWindow window = ExchangeVariables.window(exchange);
    ExchangeVariables.run(exchange).requests().asking(window);
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

  /** Waits until the stream's budget has a request for this one. */
  public void awaitTurn(Exchange exchange) throws Exception {
    Optional<Budget.Turn> turn = ExchangeVariables.run(exchange).requests().awaitTurn();
    exchange.setVariable(ExchangeVariables.TURN, turn.orElse(null));
    turn.ifPresent(each -> exchange.getExchangeExtension().addOnCompletion(new EndOfTurn(each)));
  }

  /** A request may be broken off. */
  private static final class EndOfTurn extends SynchronizationAdapter {

    private final Budget.Turn turn;

    EndOfTurn(Budget.Turn turn) {
      this.turn = turn;
    }

    @Override
    public void onDone(Exchange exchange) {
      turn.close();
    }
  }

  static void endTurn(Exchange exchange) {
    if (exchange.getVariable(ExchangeVariables.TURN) instanceof Budget.Turn turn) {
      turn.close();
    }
  }

  /**
   * Shows the API who stepsync is, as the stream's {@code auth} says; an access token that is
   * missing or over comes through the route {@code stepsync-token}.
   */
  public void authorize(Exchange exchange) throws Exception {
    Run run = ExchangeVariables.run(exchange);
    AuthSettings auth = run.getRequest().auth();
    String token = auth.needsToken() ? token(run, exchange) : null;
    auth.headers(token).forEach(exchange.getMessage()::setHeader);
    if (!auth.query().isEmpty()) {
      String query = exchange.getMessage().getHeader(Exchange.HTTP_QUERY, String.class);
      String before = query == null || query.isEmpty() ? "" : query + "&";
      exchange.getMessage().setHeader(Exchange.HTTP_QUERY, before + auth.query());
    }
  }

  /** A token that is asked for takes the turn of the request, which then waits for another. */
  private static String token(Run run, Exchange exchange) throws Exception {
    AtomicBoolean isNew = new AtomicBoolean();
    String token =
        run.requests()
            .memory()
            .token(
                Instant.now(),
                () -> {
                  isNew.set(true);
                  return newToken(exchange);
                });
    if (isNew.get() && exchange.getVariable(ExchangeVariables.TURN) instanceof Budget.Turn turn) {
      turn.again();
    }
    return token;
  }

  private static AccessToken newToken(Exchange exchange) throws Exception {
    Exchange request = RouteCall.exchange(exchange.getContext());
    request.setVariable(ExchangeVariables.RUN, ExchangeVariables.run(exchange));
    RouteCall.send(TOKEN, request);
    return request.getMessage().getMandatoryBody(AccessToken.class);
  }

  /** Reads an HTTP answer whole and checks that it is one; the body becomes an {@link Answer}. */
  public void checkAnswer(Exchange exchange) throws Exception {
    RequestSettings settings = ExchangeVariables.run(exchange).getRequest();
    String url = exchange.getMessage().getHeader(Exchange.HTTP_URI, String.class);
    Reply reply = reply(exchange, URI.create(url).getRawPath());
    try (InputStream body = reply.body()) {
      exchange.getMessage().setBody(Answer.read(reply, settings, room(exchange)));
    }
    endTurn(exchange);
  }

  private static LongConsumer room(Exchange exchange) {
    AnswerRoom.Place place = exchange.getVariable(ExchangeVariables.PLACE, AnswerRoom.Place.class);
    IdWindow window = ExchangeVariables.window(exchange);
    return bytes -> {
      if (window != null) { // the head's answer has none
        AnswerRoom.ofProcess().requireFitting(window, bytes);
      }
      if (place != null) {
        place.require(bytes);
      }
    };
  }

  static Reply reply(Exchange exchange, String path) {
    Message message = exchange.getMessage();
    InputStream body = message.getBody(InputStream.class);
    message.setBody(null); // it is closed when this is done, and must not be read by anyone else
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    ExchangeVariables.run(exchange).meters().requested(String.valueOf(status));
    return new Reply(
        status,
        path,
        message.getHeader(Exchange.CONTENT_TYPE, String.class),
        message.getHeader("Retry-After", String.class),
        body,
        ExchangeVariables.run(exchange).requests()::masked);
  }

  /** Makes the request for the API's highest ID. */
  public void requestHead(Exchange exchange) {
    RequestSettings request = ExchangeVariables.run(exchange).getRequest();
    Message message = exchange.getMessage();
    setHeaders(message, request.template());
    message.setBody(null);
    message.setHeader(Exchange.HTTP_METHOD, "GET");
    message.setHeader(Exchange.HTTP_URI, request.headEndpoint());
    message.setHeader(Exchange.HTTP_QUERY, request.headUrl().getRawQuery());
  }

  /** Takes the API's highest ID out of the answer in the body. */
  public void headTold(Exchange exchange) throws Exception {
    Run run = ExchangeVariables.run(exchange);
    Answer answer = exchange.getMessage().getMandatoryBody(Answer.class);
    run.headTold(answer.wholeNumber(run.getRequest().head()));
  }

  /** Ends the run at the highest ID that the API told. */
  public void endAtHead(Exchange exchange) {
    ExchangeVariables.run(exchange).endAtHead();
  }

  /** Makes the request for an access token. */
  public void requestToken(Exchange exchange) {
    AuthSettings auth = ExchangeVariables.run(exchange).getRequest().auth();
    Message message = exchange.getMessage();
    message.setHeader(Exchange.HTTP_METHOD, "POST");
    message.setHeader(Exchange.HTTP_URI, auth.tokenUrl().toString());
    message.setHeader("Authorization", auth.basic());
    message.setHeader("Accept", "application/json");
    message.setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded");
    message.setBody(auth.tokenRequest());
  }

  /** Reads the answer that brings an access token; the body becomes an {@link AccessToken}. */
  public void checkToken(Exchange exchange) throws Exception {
    Reply reply = reply(exchange, "tokenUrl");
    try (InputStream body = reply.body()) {
      Answer.requireWhole(reply);
      byte[] json = body == null ? new byte[0] : body.readNBytes(LONGEST);
      exchange.getMessage().setBody(AccessToken.parse(json, Instant.now()));
    }
  }
}
