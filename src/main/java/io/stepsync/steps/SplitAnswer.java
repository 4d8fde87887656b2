package io.stepsync.steps;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.support.ExchangeHelper;

/**
 * What the split of an answer makes of it: its records, each for itself, if they go through a step
 * or an interceptor of an integrator's, or else all of them in one part, as an exchange for each
 * would cost more than all else that is done with it. Thread-safe.
 */
public final class SplitAnswer {

  private static final String SPLIT = "stepsync-into-records";

  /** Returns the parts of the body, which is an iterator of records. */
  public Iterator<?> parts(Exchange exchange) {
    Iterator<?> records = exchange.getMessage().getBody(Iterator.class);
    return isCheckedAlone(ExchangeHelper.getRoute(exchange))
        ? List.of(records).iterator()
        : records;
  }

  private static boolean isCheckedAlone(Route route) {
    return route != null
        && route.getInterceptStrategies().isEmpty()
        && route.getCamelContext().getCamelContextExtension().getInterceptStrategies().isEmpty()
        && steps(route).map(Object::getClass).toList().equals(List.of(CheckRecord.class));
  }

  /** Returns the processors of the split's steps, if there is one, or something else. */
  private static Stream<Processor> steps(Route route) {
    return route.filter(SPLIT).stream()
        .flatMap(SplitAnswer::next)
        .flatMap(SplitAnswer::next) // behind the channel of the step
        .flatMap(SplitAnswer::next); // behind what makes a service of it
  }

  private static Stream<Processor> next(Processor processor) {
    return processor instanceof Navigate<?> steps && steps.hasNext()
        ? steps.next().stream().map(Processor.class::cast)
        : Stream.of(processor);
  }
}
