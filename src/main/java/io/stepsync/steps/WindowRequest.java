package io.stepsync.steps;

import io.stepsync.http.Answer;
import io.stepsync.http.RecordReader;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.run.AnswerRoom;
import io.stepsync.run.FetchAhead;
import io.stepsync.run.Run;
import io.stepsync.run.WindowSource;
import io.stepsync.window.IdWindow;
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
 * Asks for a window through a route, and makes rows of its answer through another.
 *
 * <p>Each request has an exchange of its own: camel-http leaves a note on its exchange for each
 * request, which would pile up on that of a long run.
 *
 * <p>Thread-safe.
 */
final class WindowRequest implements WindowSource {

  private static final Logger LOG = LoggerFactory.getLogger(WindowRequest.class);

  /** Records take so many times the memory of their JSON, by a rough estimate. */
  private static final long EXPANSION = 8;

  private final CamelContext context;
  private final Routes routes;
  private final Run run;
  private final ProducerTemplate template;

  /**
   * @param fetch the endpoint that gives the answer to a window
   * @param records the endpoint that makes rows of its records
   * @param transformed as {@code records}, for a stream with a transform
   */
  record Routes(String fetch, String records, String transformed) {

    /** The shared ones. */
    static final Routes SHARED =
        new Routes("direct:stepsync-fetch", "direct:stepsync-records", "direct:stepsync-transform");

    /** Has a run ask through these, unless it does. */
    void fetchThrough(CamelContext context, Run run) {
      if (!run.requests().isFetching()) {
        run.requests()
            .fetchThrough(
                new FetchAhead(
                    context,
                    new WindowRequest(context, this, run),
                    AnswerRoom.ofProcess(),
                    run.getSettings().fetchAhead()));
      }
    }
  }

  WindowRequest(CamelContext context, Routes routes, Run run) {
    this.context = context;
    this.routes = routes;
    this.run = run;
    this.template = context.createProducerTemplate();
  }

  @Override
  public Fetched ask(IdWindow window, AnswerRoom.Place place) throws Exception {
    Fetched fetched = answer(window, place);
    place.settle(fetched.bytes());
    boolean small = fetched.bytes() <= run.getRequest().format().maxBytes() / EXPANSION;
    return small ? read(window, fetched) : fetched;
  }

  @Override
  public Fetched answer(IdWindow window) throws Exception {
    return answer(window, null);
  }

  private Fetched answer(IdWindow window, AnswerRoom.Place place) throws Exception {
    long askedAt = run.now();
    Exchange exchange = exchange(window);
    exchange.setVariable(ExchangeVariables.PLACE, place);
    RouteCall.send(template, routes.fetch(), exchange);
    long millis = exchange.getClock().elapsed();
    return new Fetched(exchange.getMessage().getMandatoryBody(Answer.class), millis, askedAt);
  }

  @Override
  public Fetched read(IdWindow window, Fetched fetched) throws Exception {
    return fetched.unread() == null
        ? fetched
        : fetched.read(
            rows(
                window, RecordReader.records(fetched.unread(), run.getRequest().format(), window)));
  }

  @Override
  public Fetched readStored(IdWindow window, Answer stored) throws Exception {
    return new Fetched(stored, 0, run.now()).read(rows(window, new RecordReader(stored)));
  }

  private WindowRows rows(IdWindow window, Iterator<Map<String, Object>> records) throws Exception {
    WindowRows rows = new WindowRows(run.getSettings().table());
    Exchange exchange = exchange(window);
    exchange.setVariable(ExchangeVariables.ROWS, rows);
    exchange.getMessage().setBody(records);
    RouteCall.send(
        template, run.getTransform() == null ? routes.records() : routes.transformed(), exchange);
    makeReady(rows, window);
    return rows;
  }

  /**
   * What the statement refuses is found again by the one who writes, and told there. A trial has no
   * statement.
   */
  private void makeReady(WindowRows rows, IdWindow window) {
    try {
      if (rows.rowCount() > 0 && run.upsertStatement() != null) {
        if (run.insertCall(rows, window).isEmpty()) {
          rows.writing(run.upsertStatement());
        }
      }
    } catch (SQLException e) {
      LOG.debug("the rows of a window are not ready: {}", e.getMessage());
    }
  }

  private Exchange exchange(IdWindow window) {
    Exchange exchange = RouteCall.exchange(context);
    exchange.setVariable(ExchangeVariables.RUN, run);
    exchange.setVariable(ExchangeVariables.WINDOW, window);
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
