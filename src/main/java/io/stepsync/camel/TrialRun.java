package io.stepsync.camel;

import io.stepsync.StreamSettings;
import io.stepsync.http.Answer;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.sync.IdWindow;
import io.stepsync.sync.WindowPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.ResourceHelper;

/**
 * Asks what a run would ask, through the same routes, and writes nothing: no row, no dead letter,
 * no checkpoint.
 *
 * <p>The context must have started. Its methods throw what would fail a run; {@link #reason} tells
 * it. Used by one thread at a time.
 */
public final class TrialRun implements AutoCloseable {

  private static final String STATE =
      "jdbc:" + DataSources.NAME + "?useHeadersAsParameters=true&resetAutoCommit=false";

  private final CamelContext context;
  private final Run run;
  private final WindowRequest request;

  /** A trial that starts at the stream's initial ID. */
  public TrialRun(CamelContext context, StreamSettings settings) {
    this.context = context;
    this.run =
        new Run(
            "trial",
            RunKind.DRY_RUN,
            0,
            settings,
            StreamMemory.of(context, settings.name()),
            InstantSource.system());
    this.request = new WindowRequest(context, run);
    run.requests().fetchThrough(new FetchAhead(context, request, 0));
  }

  /** Starts at the stream's checkpoint, if it has one, and tells whether it does. */
  public boolean startAtCheckpoint() throws Exception {
    Exchange exchange = exchange();
    exchange.getMessage().setHeader("CamelJdbcParameters", run.getParameters());
    exchange.getMessage().setBody(stateQuery());
    RouteCall.send(STATE, exchange);
    StoredLanes lanes = StateRow.lanes(exchange);
    if (lanes.count() == 0) {
      return false;
    }
    run.scan().startAt(lanes);
    return true;
  }

  private String stateQuery() throws IOException {
    try (InputStream sql =
        ResourceHelper.resolveMandatoryResourceAsInputStream(
            context, "classpath:stepsync/sql/state-load.sql")) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Asks for the API's highest ID, where the stream says how, and ends the trial there. */
  public OptionalLong askHead() throws Exception {
    if (run.getRequest().headUrl() == null) {
      return OptionalLong.empty();
    }
    Exchange exchange = exchange();
    RouteCall.send("direct:stepsync-head", exchange);
    Answer answer = exchange.getMessage().getMandatoryBody(Answer.class);
    return OptionalLong.of(answer.wholeNumber(run.getRequest().head()));
  }

  /** Returns what the run would ask. */
  public WindowPlan plan() {
    return run.scan().plan();
  }

  /** Asks for a window, and returns what its records became. */
  public WindowRows ask(IdWindow window) throws Exception {
    OpenWindow open = new OpenWindow(window, run.getSettings().table());
    run.requests().fetch(open);
    return open.rows();
  }

  /** Asks for a window, and returns the answer as it came. */
  public Answer answer(IdWindow window) throws Exception {
    return request.answer(window).unread();
  }

  /** Returns why a method failed, without secrets and control characters. */
  public String reason(Exception failure) {
    return run.requests().masked(Failures.message(failure));
  }

  private Exchange exchange() {
    Exchange exchange = RouteCall.exchange(context);
    exchange.setVariable(Variables.RUN, run);
    return exchange;
  }

  @Override
  public void close() {
    run.requests().close();
  }
}
