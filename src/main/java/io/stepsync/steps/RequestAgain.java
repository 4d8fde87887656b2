package io.stepsync.steps;

import io.stepsync.http.AnswerException;
import io.stepsync.http.AnswerException.Trouble;
import io.stepsync.http.AuthSettings;
import io.stepsync.http.RetrySettings;
import io.stepsync.jdbc.SqlFault;
import io.stepsync.run.Run;
import io.stepsync.window.IdWindow;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;

/**
 * Tells whether a request that failed is made again, and when: at the time that the API asks for,
 * or after a wait that grows. A time-out is not repeated, as a narrower window may do better; nor,
 * more than once, is a failure in a window that is narrow already. Where the API asks for a wait,
 * or told that there were too many requests, all of the stream's budget waits. A database that
 * cannot be asked for the turn is a request that failed, but was not made.
 *
 * <p>Thread-safe.
 */
public final class RequestAgain {

  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY_REQUESTS = 429;

  /** Whether the request of {@code exchange} is made again; if so, the wait is in its headers. */
  public boolean isDue(Exchange exchange) {
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    int attempt = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 1, Integer.class);
    countUnanswered(failure, exchange);
    Optional<Duration> wait = waitBehind(failure, attempt, exchange);
    FetchSteps.endTurn(exchange); // now that others are held back
    wait.ifPresent(time -> prepare(exchange, failure, time));
    return wait.isPresent();
  }

  /** One that was answered is counted by its status. */
  private static void countUnanswered(Throwable failure, Exchange exchange) {
    if (ObjectHelper.getException(SQLException.class, failure) != null) {
      return; // it was not made
    }
    boolean timedOut = ObjectHelper.getException(SocketTimeoutException.class, failure) != null;
    if (exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE) == null) {
      ExchangeVariables.run(exchange).meters().requested(timedOut ? "timeout" : "failed");
    }
  }

  private static void prepare(Exchange exchange, Throwable failure, Duration wait) {
    exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, wait.toMillis());
    IdWindow window = ExchangeVariables.window(exchange);
    ExchangeVariables.run(exchange).meters().retried();
    ExchangeVariables.run(exchange).requests().retrying(window, failure, wait);
  }

  private static Optional<Duration> waitBehind(Throwable failure, int attempt, Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    RetrySettings retry = run.getRequest().retry();
    AnswerException answer = ObjectHelper.getException(AnswerException.class, failure);
    if (answer == null) {
      return passes(failure) && attempt <= retry.retries()
          ? Optional.of(usual(attempt))
          : Optional.empty();
    }
    AuthSettings auth = run.getRequest().auth();
    if (answer.status() == UNAUTHORIZED && auth.needsToken() && attempt == 1) {
      run.requests().memory().forgetToken();
      return Optional.of(Duration.ZERO);
    }
    boolean due = answer.mayPass() && attempt <= mostFor(answer, exchange, retry);
    Duration wait = answer.retryAfter().orElseGet(() -> usual(attempt));
    boolean tooLong = answer.retryAfter().isPresent() && wait.compareTo(retry.maxRetryAfter()) > 0;
    if (answer.retryAfter().isPresent() || answer.status() == TOO_MANY_REQUESTS) {
      run.requests().holdBack(tooLong ? retry.maxRetryAfter() : wait);
    }
    return due && !tooLong ? Optional.of(wait) : Optional.empty();
  }

  private static int mostFor(AnswerException answer, Exchange exchange, RetrySettings retry) {
    IdWindow window = ExchangeVariables.window(exchange);
    boolean failed = answer.trouble().equals(Optional.of(Trouble.FAILED));
    return failed && isNarrow(window, ExchangeVariables.run(exchange))
        ? Math.min(1, retry.retries())
        : retry.retries();
  }

  /** A window that ends with the run is narrow for that. */
  private static boolean isNarrow(IdWindow window, Run run) {
    return window != null
        && window.width() < run.getSettings().scan().stepSize()
        && window.lastId() < run.requests().maxId();
  }

  private static boolean passes(Throwable failure) {
    SQLException said = ObjectHelper.getException(SQLException.class, failure);
    if (said != null) {
      return SqlFault.of(said) == SqlFault.PASSING;
    }
    return ObjectHelper.getException(IOException.class, failure) != null
        && ObjectHelper.getException(SocketTimeoutException.class, failure) == null;
  }

  private static Duration usual(int attempt) {
    return RetrySettings.waitBefore(attempt, ThreadLocalRandom.current().nextDouble());
  }
}
