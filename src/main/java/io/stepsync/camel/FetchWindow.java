package io.stepsync.camel;

import com.fasterxml.jackson.core.JsonPointer;
import io.stepsync.http.Answer;
import io.stepsync.http.RecordReader;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;

/**
 * Asks for the window at hand through the route {@code stepsync-fetch}, and makes its records the
 * body, to be split.
 *
 * <p>The request has an exchange of its own: camel-http leaves a note on its exchange for each
 * request, which would pile up on that of a long run.
 */
public final class FetchWindow implements Processor {

  private static final String FETCH = "direct:stepsync-fetch";

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
                : records(run, fetch(exchange)));
  }

  private static Iterator<Map<String, Object>> records(Run run, Exchange request) throws Exception {
    long millis = request.getClock().elapsed();
    Exception failure = request.getException();
    if (failure != null) {
      run.troubled(Troubles.in(failure).orElseThrow(() -> failure));
      return Collections.emptyIterator();
    }
    Answer answer = request.getMessage().getMandatoryBody(Answer.class);
    run.answered(answer.length(), millis);
    return new RecordReader(answer, run.getRequest().records());
  }

  private static Exchange fetch(Exchange exchange) throws IOException {
    Exchange request = new DefaultExchange(exchange.getContext(), ExchangePattern.InOut);
    request.setVariable(Variables.RUN, exchange.getVariable(Variables.RUN));
    request.setVariable(Variables.WINDOW, exchange.getVariable(Variables.WINDOW));
    try (ProducerTemplate template = exchange.getContext().createProducerTemplate()) {
      template.send(FETCH, request);
    }
    return request;
  }
}
