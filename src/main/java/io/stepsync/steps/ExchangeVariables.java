package io.stepsync.steps;

import io.stepsync.jdbc.WindowRows;
import io.stepsync.run.AnswerRoom;
import io.stepsync.run.Run;
import io.stepsync.steps.firing.LaneStarter;
import io.stepsync.steps.firing.StopSignal;
import io.stepsync.store.RunKind;
import io.stepsync.store.budget.Budget;
import io.stepsync.window.IdWindow;
import java.sql.SQLException;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;

/** The exchange variables that the routes share. */
public final class ExchangeVariables {

  /** The name of the stream to run; set by whoever starts a run. */
  public static final String STREAM = "stream";

  /** What the run is for, as {@link RunKind#text} has it; a sync where it is not set. */
  public static final String KIND = "kind";

  /** What the trigger was fired for, for each of its lanes. */
  static final String ASKED = "asked";

  /** The {@link io.stepsync.run.Lateness} of a firing by schedule. */
  static final String LATENESS = "lateness";

  /** The {@link IdWindow} of IDs that a part of a refresh reads. */
  public static final String IDS = "ids";

  /** The {@link io.stepsync.steps.firing.FiringLane}; not there where no trigger fired. */
  static final String FIRING = "firing";

  /** The number of the lane to run, or to run next; the lowest where it is not set. */
  public static final String LANE = "lane";

  /** The {@link LaneStarter}, where a run is begun by hand. */
  public static final String LANE_STARTER = "laneStarter";

  /** The {@link StopSignal}; not there for runs that only the end of the context stops. */
  public static final String STOP_SIGNAL = "stopSignal";

  /** The {@link Run}. */
  static final String RUN = "run";

  /** The current {@link IdWindow}. */
  static final String WINDOW = "window";

  /** The {@link WindowRows} of the current window. */
  static final String ROWS = "rows";

  /** The {@link AnswerRoom.Place} of the current answer; not there where it is asked besides. */
  static final String PLACE = "place";

  /** The {@link Budget.Turn} of a request; not there where the stream has no budget. */
  static final String TURN = "turn";

  /** The current record, as the API sent it, where a transform makes another of it. */
  static final String RECORD = "record";

  /** Its ID; not there where the record is passed over. */
  static final String RECORD_ID = "recordId";

  private ExchangeVariables() {}

  /**
   * Returns the run of an exchange.
   *
   * @throws IllegalStateException if there is none
   */
  public static Run run(Exchange exchange) {
    if (exchange.getVariable(RUN) instanceof Run run) {
      return run;
    }
    throw new IllegalStateException(
        "the variable run must be the one that direct:stepsync-run sets, was "
            + ObjectHelper.classCanonicalName(exchange.getVariable(RUN)));
  }

  /** Returns what ends the run of an exchange early; one that is never given if nothing does. */
  static StopSignal stopSignal(Exchange exchange) {
    StopSignal stop = exchange.getVariable(STOP_SIGNAL, StopSignal.class);
    return stop == null ? new StopSignal() : stop;
  }

  static IdWindow window(Exchange exchange) {
    return exchange.getVariable(WINDOW, IdWindow.class);
  }

  static WindowRows rows(Exchange exchange) {
    return exchange.getVariable(ROWS, WindowRows.class);
  }

  /** Returns what the database said when a step failed; null if it was not the database. */
  static SQLException databaseFailure(Exchange exchange) {
    return ObjectHelper.getException(
        SQLException.class, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
  }
}
