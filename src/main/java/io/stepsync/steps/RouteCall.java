package io.stepsync.steps;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;

/** Calls a route with an exchange of its own, and throws what it failed with. */
public final class RouteCall {

  private RouteCall() {}

  /** Returns an exchange to call a route with. */
  public static Exchange exchange(CamelContext context) {
    return new DefaultExchange(context, ExchangePattern.InOut);
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
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
  }
}
