package io.stepsync.steps;

import io.stepsync.run.Failures;
import io.stepsync.run.Run;
import java.util.Optional;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;

/**
 * Calls a route with an exchange of its own, and throws what it failed with. As the
 * aggregationStrategy of an {@code enrich} with aggregateOnException it takes nothing but that from
 * the route, whatever it did to its exchange. Thread-safe.
 */
public final class RouteCall implements AggregationStrategy {

  private final boolean takenIsDone;

  public RouteCall() {
    this(false);
  }

  /**
   * @param takenIsDone whether an error that the route's error handler took is none
   */
  public RouteCall(boolean takenIsDone) {
    this.takenIsDone = takenIsDone;
  }

  /** Returns an exchange to call a route with. */
  public static Exchange exchange(CamelContext context) {
    return new DefaultExchange(context, ExchangePattern.InOut);
  }

  /**
   * Runs a lane of a stream, both of which the variables of an exchange name, and returns how that
   * ended.
   *
   * @throws io.stepsync.run.StreamMemory.BusyException if another run of the lane goes on
   */
  public static Run run(Exchange exchange) throws Exception {
    send("direct:stepsync-run", exchange);
    return ExchangeVariables.run(exchange);
  }

  /**
   * Calls a route, or any endpoint.
   *
   * @throws Exception what the route failed with
   */
  public static void send(String uri, Exchange exchange) throws Exception {
    try (ProducerTemplate template = exchange.getContext().createProducerTemplate()) {
      send(template, uri, exchange);
    }
  }

  /** As {@link #send(String, Exchange)}, for those who call often. */
  static void send(ProducerTemplate template, String uri, Exchange exchange) throws Exception {
    template.send(uri, exchange);
    Optional<Exception> failure = failure(exchange);
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  @Override
  public Exchange aggregate(Exchange original, Exchange called) {
    failure(called, !takenIsDone).map(RouteCall::handleable).ifPresent(original::setException);
    return original;
  }

  /**
   * Camel ends an exchange that has an InterruptedException there and then: the run would vanish.
   */
  private static Exception handleable(Exception failure) {
    return failure instanceof InterruptedException
        ? new IllegalStateException(Failures.message(failure), failure)
        : failure;
  }

  /**
   * Returns what a called route failed with: an error, also one that its error handler took, or a
   * rollback without one. An error that the route caught by itself, with doTry, is none.
   */
  static Optional<Exception> failure(Exchange called) {
    return failure(called, true);
  }

  private static Optional<Exception> failure(Exchange called, boolean alsoTaken) {
    Exception thrown = called.getException();
    if (thrown == null && alsoTaken && isTaken(called.getExchangeExtension())) {
      thrown = called.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }
    if (thrown == null && (called.isRollbackOnly() || called.isRollbackOnlyLast())) {
      thrown = new IllegalStateException("a route rolled back");
    }
    return Optional.ofNullable(thrown);
  }

  private static boolean isTaken(ExchangeExtension called) {
    return called.isErrorHandlerHandledSet() && called.isErrorHandlerHandled();
  }
}
