package io.stepsync.steps;

import io.stepsync.jdbc.WindowRows;
import io.stepsync.run.Failures;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Takes what a stream's transform made of a record: another record, or nothing, by an empty body or
 * by stopping. A transform that failed, or made something else, makes the record a dead letter.
 */
public final class TakeTransformed implements AggregationStrategy {

  @Override
  public Exchange aggregate(Exchange original, Exchange transformed) {
    Long id = original.getVariable(ExchangeVariables.RECORD_ID, Long.class);
    if (id != null) {
      take(id, original, transformed);
    }
    return original;
  }

  @SuppressWarnings("unchecked")
  private static void take(long id, Exchange original, Exchange transformed) {
    WindowRows rows = ExchangeVariables.rows(original);
    Map<String, Object> source = original.getVariable(ExchangeVariables.RECORD, Map.class);
    Object body = transformed.getMessage().getBody();
    Optional<Exception> failure = RouteCall.failure(transformed);
    if (failure.isPresent()) {
      rows.refuse(id, source, "transform failed: " + Failures.message(failure.get()));
    } else if (body instanceof Map<?, ?> record && !transformed.isRouteStop()) {
      rows.take(id, source, (Map<String, Object>) record);
    } else if (body != null && !transformed.isRouteStop()) {
      rows.refuse(
          id, source, "transform must give a map or nothing, gave " + body.getClass().getName());
    }
  }
}
