package io.stepsync.camel;

import io.stepsync.http.Answer;
import io.stepsync.http.RecordReader;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.sync.IdWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for a window through the route {@code stepsync-fetch}, and makes rows of its answer through
 * the route {@code stepsync-records}.
 *
 * <p>Each request has an exchange of its own: camel-http leaves a note on its exchange for each
 * request, which would pile up on that of a long run.
 *
 * <p>Thread-safe.
 */
final class WindowRequest implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WindowRequest.class);
  private static final String FETCH = "direct:stepsync-fetch";
  private static final String RECORDS = "direct:stepsync-records";

  /** Records take so many times the memory of their JSON, by a rough estimate. */
  private static final long EXPANSION = 8;

  private final CamelContext context;
  private final Run run;
  private final ProducerTemplate template;

  WindowRequest(CamelContext context, Run run) {
    this.context = context;
    this.run = run;
    this.template = context.createProducerTemplate();
  }

  /** Asks for {@code window}; its records stay unread where they could take much memory. */
  Fetched ask(IdWindow window) throws Exception {
    Fetched fetched = answer(window);
    boolean small = fetched.bytes() <= run.getRequest().format().maxBytes() / EXPANSION;
    return small ? read(window, fetched) : fetched;
  }

  /** Asks for {@code window}; its records stay unread. */
  Fetched answer(IdWindow window) throws Exception {
    Exchange exchange = send(FETCH, window, null, null);
    long millis = exchange.getClock().elapsed();
    return new Fetched(exchange.getMessage().getMandatoryBody(Answer.class), millis);
  }

  /** Reads the records of an answer, if that was not done yet. */
  Fetched read(IdWindow window, Fetched fetched) throws Exception {
    return fetched.unread() == null
        ? fetched
        : fetched.read(
            rows(
                window, RecordReader.records(fetched.unread(), run.getRequest().format(), window)));
  }

  /** Reads the stored record that stands for the answer to {@code window}. */
  Fetched readStored(IdWindow window, Answer stored) throws Exception {
    return new Fetched(stored, 0).read(rows(window, new RecordReader(stored)));
  }

  private WindowRows rows(IdWindow window, Iterator<Map<String, Object>> records) throws Exception {
    WindowRows rows = new WindowRows(run.getSettings().table());
    send(RECORDS, window, rows, records);
    makeReady(rows);
    return rows;
  }

  /**
   * What the statement refuses is found again by the one who writes, and told there. A trial has no
   * statement.
   */
  private void makeReady(WindowRows rows) {
    try {
      if (rows.rowCount() > 0 && run.upsertStatement() != null) {
        rows.writing(run.upsertStatement());
      }
    } catch (SQLException e) {
      LOG.debug("the rows of a window are not ready: {}", e.getMessage());
    }
  }

  private Exchange send(String route, IdWindow window, WindowRows rows, Object body)
      throws Exception {
    Exchange exchange = RouteCall.exchange(context);
    exchange.setVariable(Variables.RUN, run);
    exchange.setVariable(Variables.WINDOW, window);
    if (rows != null) {
      exchange.setVariable(Variables.ROWS, rows);
    }
    exchange.getMessage().setBody(body);
    RouteCall.send(template, route, exchange);
    return exchange;
  }

  @Override
  public void close() {
    try {
      template.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
