package io.stepsync.steps;

import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.jdbc.SqlFault;
import io.stepsync.run.Meters;
import io.stepsync.run.Run;
import io.stepsync.steps.firing.Crons;
import io.stepsync.store.DataSources;
import io.stepsync.store.RunKind;
import io.stepsync.store.SqlRow;
import io.stepsync.store.StateRow;
import io.stepsync.store.StoredLanes.LanesCutException;
import io.stepsync.store.history.StoredRuns;
import io.stepsync.window.IdWindow;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/**
 * The steps of routes/state.camel.yaml and routes/refresh.camel.yaml. Each takes the exchange of a
 * run. Thread-safe.
 */
public final class StateSteps {

  private static final String KEY = "stepsync.history.runs";

  /** Starts the current run where the rows of its stream's lanes, in the body, say. */
  public void start(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    List<SqlRow> rows = SqlRow.all(exchange);
    if (run.isDry() && rows.isEmpty()) {
      run.startAtInitial();
    } else {
      run.startAt(StateRow.lanes(rows));
    }
  }

  /**
   * Starts a refresh where its state row, in the body, says; one that writes nothing at the first
   * ID, and one of a part at its first.
   */
  public void startRefresh(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    if (run.isPart()) {
      run.refreshPart(exchange.getVariable(ExchangeVariables.IDS, IdWindow.class));
      return;
    }
    run.refreshFrom(
        run.isDry()
            ? run.scan().initialId()
            : StateRow.checkpoint(SqlRow.first(exchange)).currentId());
  }

  /**
   * Makes the next run of the exchange a refresh, if one is due: one that was begun is not at its
   * end, or the schedule has fired since the last one ended, as the state row in the body tells.
   */
  public void refreshDue(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    StreamSettings settings = run.getSettings();
    SqlRow row = SqlRow.first(exchange);
    boolean begun = StateRow.checkpoint(row).currentId() > run.scan().initialId();
    boolean due =
        begun
            || Crons.next(settings.refresh().schedule(), instant(row.value("updated_at")))
                .filter(next -> !next.isAfter(Instant.now()))
                .isPresent();
    exchange.setVariable(ExchangeVariables.KIND, (due ? RunKind.REFRESH : RunKind.SYNC).text());
  }

  private static Instant instant(Object timestamp) {
    return timestamp instanceof OffsetDateTime moment
        ? moment.toInstant()
        : ((Date) timestamp).toInstant();
  }

  /**
   * Takes it for no fault that another runner has made a row a moment ago that was missing: both go
   * on from there, and the fence stops the one that is overtaken. Throws what else the database
   * said.
   */
  public void madeMeanwhile(Exchange exchange) throws Exception {
    Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    SQLException said = ExchangeVariables.databaseFailure(exchange);
    if (said == null || SqlFault.of(said) != SqlFault.ROWS_REFUSED) {
      throw thrown;
    }
  }

  /**
   * Stops a run whose lane's row, one of those in the body, was changed by someone else: the
   * current window is rolled back.
   *
   * @throws LanesCutException if the lane is another now
   * @throws IllegalStateException if another runner has moved its checkpoint
   */
  public void fenced(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    if (!run.hasLaneOf(StateRow.lanes(SqlRow.all(exchange)))) {
      throw new LanesCutException();
    }
    run.pauseAtMost(Duration.ZERO); // the other one may be gone, and nobody else run the lane
    throw new IllegalStateException("another runner of this stream has moved its checkpoint");
  }

  /**
   * Tells a run that did not end well where its lane stands in the database, which another runner
   * may have moved, and whether the current window was committed after all: the body has the lane's
   * row, with the windows of the run's row.
   */
  public void storedCheckpoint(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    List<SqlRow> rows = SqlRow.all(exchange);
    if (rows.isEmpty()) {
      run.nothingStored();
    } else {
      SqlRow row = rows.get(0);
      boolean isOwn = row.number("first_id", 0) == run.scan().lane().firstId();
      run.storedAt(
          isOwn ? StateRow.checkpoint(row) : null,
          row.number("version"),
          row.number("windows", -1));
    }
  }

  /** Says how the run ended. */
  public void end(Exchange exchange) {
    ExchangeVariables.run(exchange).end();
  }

  /** Notes that the database has how the run ended. */
  public void endKept(Exchange exchange) {
    ExchangeVariables.run(exchange).endTries().written();
  }

  /**
   * Has the end of a run kept again behind a fault that passes: without its end a run is told as
   * running until the next one, and as broken off from then on. Throws what the database said if
   * that does not pass.
   */
  public void keepEndAgain(Exchange exchange) throws SQLException {
    SQLException said = ExchangeVariables.databaseFailure(exchange);
    if (SqlFault.of(said) != SqlFault.PASSING) {
      throw said;
    }
    ExchangeVariables.run(exchange).keepEndAgainLater(said);
  }

  /** Tells what the database does not have of the run, and why. */
  public void endNotKept(Exchange exchange) {
    ExchangeVariables.run(exchange)
        .notKept(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
  }

  /**
   * Tells the meters when a stream with several lanes was caught up, once the end of a lane's run
   * is kept: others may have ended on other nodes.
   */
  public void tellCaughtUp(Exchange exchange) {
    Run run = ExchangeVariables.run(exchange);
    if (run.isCaughtUpSync() && run.getLaneCount() > 1 && run.meters() != Meters.NONE) {
      new StoredRuns(DataSources.of(exchange.getContext()))
          .caughtUp(run.getStream())
          .ifPresent(run.meters()::caughtUp);
    }
  }

  /**
   * Makes the parameters of the statement that finds the runs of a stream beyond the last the body.
   * How many are kept is told by the key {@code stepsync.history.runs}, 100 where it is not set;
   * the last run that was caught up stays in any case.
   */
  public void runsToForget(Exchange exchange) {
    exchange
        .getMessage()
        .setBody(
            Map.of(
                "stream",
                ExchangeVariables.run(exchange).getStream(),
                "lane",
                ExchangeVariables.run(exchange).getLane(),
                "newer",
                runsKept(exchange.getContext()) - 1));
  }

  /**
   * Returns how many runs of a stream are kept.
   *
   * @throws SettingException if the key is set to something else than a number >= 1
   */
  public static int runsKept(CamelContext context) {
    String text = context.resolvePropertyPlaceholders("{{" + KEY + ":100}}").strip();
    if (!text.matches("0*[1-9]\\d{0,8}")) {
      throw new SettingException(KEY + " must be a whole number >= 1, was " + text);
    }
    return Integer.parseInt(text);
  }
}
