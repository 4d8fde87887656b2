package io.stepsync.steps;

import io.stepsync.StreamSettings;
import io.stepsync.http.Answer;
import io.stepsync.http.Reply;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.TargetTable;
import io.stepsync.jdbc.UpsertTrial;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.run.AnswerRoom;
import io.stepsync.run.Failures;
import io.stepsync.run.FetchAhead;
import io.stepsync.run.OpenWindow;
import io.stepsync.run.Run;
import io.stepsync.run.RunIdentity;
import io.stepsync.run.Scan;
import io.stepsync.run.StreamMemory;
import io.stepsync.run.WindowSource.Fetched;
import io.stepsync.store.DataSources;
import io.stepsync.store.LaneCut;
import io.stepsync.store.OwnTables;
import io.stepsync.store.RunKind;
import io.stepsync.store.SqlRow;
import io.stepsync.store.StateRow;
import io.stepsync.store.StoredLanes;
import io.stepsync.store.StoredLanes.StoredLane;
import io.stepsync.window.AnswerLimit;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.IdWindow;
import io.stepsync.window.Lane;
import io.stepsync.window.Lanes;
import io.stepsync.window.WindowPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/**
 * Asks what a run would ask, through the same routes, and writes nothing: no row, no dead letter,
 * no checkpoint.
 *
 * <p>The context must have started. Its methods throw what would fail a run; {@link #reason} tells
 * it. Used by one thread at a time.
 */
public final class TrialRun implements AutoCloseable {

  private static final String STATE =
      "sql:classpath:stepsync/sql/state-load.sql?dataSource=#" + DataSources.NAME;

  private final CamelContext context;
  private final Run run;
  private final WindowRequest request;
  private StoredLanes lanes;

  /** A trial that starts at the stream's initial ID. */
  public TrialRun(CamelContext context, StreamSettings settings) {
    this.context = context;
    InstantSource clock = Clocks.of(context);
    RunIdentity identity =
        new RunIdentity("trial", RunKind.DRY_RUN, 0, settings, clock.instant(), null);
    this.run = new Run(identity, StreamMemory.of(context, settings.name()), clock);
    this.request = new WindowRequest(context, WindowRequest.Routes.SHARED, run);
    run.requests().fetchThrough(new FetchAhead(context, request, AnswerRoom.ofProcess(), 0));
  }

  /**
   * Starts at the stream's checkpoint, if it has one, and tells whether it does. Where the stream
   * has several lanes, that is in the lowest which is not settled.
   */
  public boolean startAtCheckpoint() throws Exception {
    if (OwnTables.areMissing(DataSources.of(context))) {
      return false;
    }
    Exchange exchange = exchange();
    exchange.getMessage().setBody(run.getParameters());
    RouteCall.send(STATE, exchange);
    lanes = StateRow.lanes(SqlRow.all(exchange));
    if (lanes.count() == 0) {
      return false;
    }
    run.scan()
        .startAt(lanes.lanes().lowestUnsettled(), lanes.reached(), lanes.answerLimit(), run.now());
    return true;
  }

  /** Returns the stream's checkpoint; nothing where it has none. */
  public OptionalLong checkpoint() {
    return isStored()
        ? OptionalLong.of(lanes.lanes().checkpoint().currentId())
        : OptionalLong.empty();
  }

  private boolean isStored() {
    return lanes != null && lanes.count() > 0;
  }

  /**
   * Returns what the next run of each lane would ask, the lowest first. The lanes are those that
   * the run of the lowest cuts, where that is due.
   */
  public List<WindowPlan> plans() {
    StoredLanes stored = isStored() ? lanes : untouched();
    LaneCut cut = run.laneCut();
    Lanes next = cut.isDue(stored) ? cut.cut(stored) : stored.lanes();
    return next.all().stream().map(lane -> plan(lane, next.reached(), stored)).toList();
  }

  private StoredLanes untouched() {
    Lane whole = Lanes.from(run.getSettings().scan().initialId()).all().get(0);
    return new StoredLanes(List.of(new StoredLane(whole, AnswerLimit.UNKNOWN, 0, 1)));
  }

  private WindowPlan plan(Lane lane, Checkpoint reached, StoredLanes stored) {
    Scan scan = new Scan(run.getSettings().scan());
    scan.startAt(lane, reached, stored.answerLimit(), run.now());
    if (run.getHead() != null) {
      scan.headTold(run.getHead());
      if (run.scan().isOfDeletes()) {
        scan.headIsOfDeletes();
      }
      scan.endAtHead();
    }
    return scan.plan();
  }

  /** Asks for the API's highest ID, where the stream says how, and ends the trial there. */
  public OptionalLong askHead() throws Exception {
    if (run.getRequest().headUrl() == null) {
      return OptionalLong.empty();
    }
    Exchange exchange = exchange();
    RouteCall.send("direct:stepsync-head", exchange);
    return OptionalLong.of(run.getHead());
  }

  /** Returns what the run would ask, of the lowest lane that is not settled. */
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

  /** Returns what the records of an answer to {@code window} become. */
  public WindowRows read(IdWindow window, Answer answer) throws Exception {
    return request.read(window, new Fetched(answer, 0, run.now())).rows();
  }

  /**
   * Returns what a body, which was recorded, is as an answer.
   *
   * @throws io.stepsync.http.AnswerException as an API's body would have it
   */
  public Answer recorded(String body) throws IOException {
    Set<Integer> none = run.getRequest().format().emptyStatus();
    int status = body.isEmpty() && !none.isEmpty() ? none.iterator().next() : 200;
    InputStream bytes = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    Reply reply = new Reply(status, "recorded", null, null, bytes, this::masked);
    return Answer.read(reply, run.getRequest());
  }

  /**
   * Moves the rows that the database refuses to the dead letters, as a run would; none where the
   * table is not there yet, or would have to be changed.
   *
   * @return what else the database says; nothing if that is all
   */
  public Optional<String> refuse(WindowRows rows) {
    TableSettings settings = run.getSettings().table();
    if (!settings.hasTable() || rows.rowCount() == 0) {
      return Optional.empty();
    }
    try (Connection connection = DataSources.of(context).getConnection()) {
      TargetTable table = new TargetTable(connection, settings);
      if (table.changes().isEmpty()) {
        rows.removeRefused(new UpsertTrial(connection, table.upsertStatement()));
      }
      return Optional.empty();
    } catch (SQLException | RuntimeException e) {
      return Optional.of(Failures.message(e));
    }
  }

  /** Asks for what {@code headUrl} has, and returns the answer as it came. */
  public Answer answerOfHead() throws Exception {
    Exchange exchange = exchange();
    new FetchSteps().requestHead(exchange);
    RouteCall.send("direct:stepsync-request", exchange);
    return exchange.getMessage().getMandatoryBody(Answer.class);
  }

  /** Returns {@code text} without secrets, should it repeat them. */
  public String masked(String text) {
    return run.requests().masked(text);
  }

  /** Returns why a method failed, without secrets and control characters. */
  public String reason(Exception failure) {
    return run.requests().masked(Failures.message(failure));
  }

  private Exchange exchange() {
    Exchange exchange = RouteCall.exchange(context);
    exchange.setVariable(ExchangeVariables.RUN, run);
    return exchange;
  }

  @Override
  public void close() {
    run.requests().close();
  }
}
