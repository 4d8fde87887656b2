package io.stepsync.camel;

import io.stepsync.http.AnswerException;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.sync.IdWindow;
import java.util.Map;
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
    Run run = Variables.run(exchange);
    @SuppressWarnings("unchecked")
    Map<String, Object> record = exchange.getMessage().getBody(Map.class);
    IdWindow window = exchange.getVariable(Variables.WINDOW, IdWindow.class);
    WindowRows rows = exchange.getVariable(Variables.ROWS, WindowRows.class);
    long id = run.recordId().in(record, run.requests().answerable(window));
    if (id <= run.requests().lastTaken(window)) {
      rows.add(id, record);
    } else {
      rows.passOver();
    }
  }
}
