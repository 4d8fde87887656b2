package io.stepsync.camel;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.http.Answer;
import io.stepsync.http.RecordReader;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Asks for the window at hand through the route {@code stepsync-fetch}, and for those behind it,
 * and makes its records the body, to be split.
 */
public final class FetchWindow implements Processor {

  @Override
  public void process(Exchange exchange) throws Exception {
    Run run = Variables.run(exchange);
    Optional<Answer> stored = run.storedAnswer();
    exchange.getMessage().removeHeaders("*");
    exchange
        .getMessage()
        .setBody(
            stored.isPresent()
                ? new RecordReader(stored.get(), JsonPointer.empty())
                : records(run));
  }

  private static Iterator<Map<String, Object>> records(Run run) throws Exception {
    try {
      FetchAhead.Fetched fetched = run.fetch();
      run.answered(fetched.bytes(), fetched.millis());
      return fetched.records();
    } catch (Exception e) {
      run.troubled(Troubles.in(e).orElseThrow(() -> e));
      return Collections.emptyIterator();
    }
  }
}
