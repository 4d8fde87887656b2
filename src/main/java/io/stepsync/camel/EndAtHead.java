package io.stepsync.camel;

import io.stepsync.http.Answer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Ends the run at the highest ID, which the answer in the body tells. */
public final class EndAtHead implements Processor {

  @Override
  public void process(Exchange exchange) throws Exception {
    Run run = Variables.run(exchange);
    Answer answer = exchange.getMessage().getMandatoryBody(Answer.class);
    run.endAt(answer.wholeNumber(run.getRequest().head()));
  }
}
