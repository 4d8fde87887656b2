package io.stepsync.steps;

import io.stepsync.http.AnswerException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Notes the record in the body, as the API sent it, and makes a copy the body, for a transform to
 * do with as it likes.
 *
 * <p>Throws {@link AnswerException} if the record's ID is not one of the window's.
 */
public final class SeeRecord implements Processor {

  @Override
  public void process(Exchange exchange) {
    Map<String, Object> record = CheckRecord.record(exchange);
    CheckRecord.Ids.of(exchange)
        .toTake(record)
        .ifPresent(
            id -> {
              ExchangeVariables.rows(exchange).see(id);
              exchange.setVariable(ExchangeVariables.RECORD_ID, id);
            });
    exchange.setVariable(ExchangeVariables.RECORD, record);
    exchange.getMessage().setBody(copy(record));
  }

  private static Object copy(Object json) {
    if (json instanceof Map<?, ?> fields) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      fields.forEach((name, value) -> copy.put(name, copy(value)));
      return copy;
    }
    if (json instanceof List<?> values) {
      List<Object> copy = new ArrayList<>();
      values.forEach(value -> copy.add(copy(value)));
      return copy;
    }
    return json;
  }
}
