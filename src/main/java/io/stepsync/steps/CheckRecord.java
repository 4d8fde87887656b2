package io.stepsync.steps;

import io.stepsync.http.AnswerException;
import io.stepsync.run.Run;
import io.stepsync.window.IdWindow;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Adds the record in the body to the rows of its window, or to its dead letters. Where answers are
 * open-ended, one above the last ID to be asked is passed over.
 *
 * <p>Throws {@link AnswerException} if the record's ID is not one of the window's.
 */
public final class CheckRecord implements Processor {

  @Override
  public void process(Exchange exchange) {
    Map<String, Object> record = record(exchange);
    idToTake(exchange, record).ifPresent(id -> ExchangeVariables.rows(exchange).add(id, record));
  }

  /** Returns the record's ID, or nothing if it is passed over. */
  static OptionalLong idToTake(Exchange exchange, Map<String, Object> record) {
    Run run = ExchangeVariables.run(exchange);
    IdWindow window = ExchangeVariables.window(exchange);
    long id = run.recordId().in(record, run.requests().answerable(window));
    if (id <= run.requests().lastTaken(window)) {
      return OptionalLong.of(id);
    }
    ExchangeVariables.rows(exchange).passOver();
    return OptionalLong.empty();
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> record(Exchange exchange) {
    return exchange.getMessage().getBody(Map.class);
  }
}
