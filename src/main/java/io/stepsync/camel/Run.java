package io.stepsync.camel;

import io.stepsync.RefreshSettings;
import io.stepsync.StreamSettings;
import io.stepsync.http.AnswerException;
import io.stepsync.http.AnswerException.Trouble;
import io.stepsync.sync.AnswerLimit;
import io.stepsync.sync.Checkpoint;
import io.stepsync.sync.IdWindow;
import io.stepsync.sync.WindowPlan;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One firing of a stream's trigger, from its start to caught up, paused or failed. It travels as
 * the exchange variable {@code run}; its getters are what routes may read.
 *
 * <p>Used by one thread at a time.
 */
public final class Run extends RunStart {

  /** How a run stands, or how it ended. */
  public enum Status {
    /** It is asking windows. */
    RUNNING,
    /** It asked beyond the highest ID and found nothing. */
    CAUGHT_UP,
    /** It was stopped between two windows; the next run goes on there. */
    PAUSED,
    /** It ended with an error; the next run goes on at the checkpoint. */
    FAILED
  }

  private Counters counters = Counters.NONE;
  private OpenWindow window;
  private String error;
  private final TimeOuts timeOuts = new TimeOuts();
  private final WindowHistory history = new WindowHistory();

  Run(
      String id,
      RunKind kind,
      int lane,
      StreamSettings settings,
      StreamMemory memory,
      InstantSource clock) {
    super(id, kind, lane, settings, memory, clock);
  }

  /** Asks for the window at hand, and for those behind it, and takes its rows. */
  void fetch() throws Exception {
    requests.fetch(window);
    timeOuts.end();
    checkDeadLetters();
  }

  /** Takes the next window of the plan and makes place for its rows. */
  IdWindow nextWindow() {
    window = new OpenWindow(scan.plan().next().orElseThrow(), settings.table());
    return window.ids();
  }

  /** Fails the run when it has more dead letters than its stream allows. */
  void checkDeadLetters() {
    window.checkDeadLetters(counters.deadLetters(), settings.maxDeadLetters());
  }

  /** The window's answer is not to be had; a narrower window may mend that. */
  void troubled(AnswerException reason) {
    timeOuts.count(reason, scan.plan().isWidened(window.ids()));
    window.troubled(reason);
    checkDeadLetters();
  }

  /** The window's rows do not fit into a statement; those of a narrower window may. */
  void tooLarge(SQLException fault) {
    troubled(
        new AnswerException(
            "its rows are more than the database takes: " + fault.getMessage(), Trouble.TOO_LARGE));
  }

  /** The window at hand is to be written again once a fault has passed. */
  void writeAgainLater(SQLException fault) throws SQLException {
    window.writeTries().againLater(fault);
    log.faulty(window.ids(), fault);
  }

  /** So many rows of the window were deleted. Throws if they are more than the stream allows. */
  void deleted(int rowsDeleted) {
    window.deleted(rowsDeleted, settings.refresh());
  }

  /** The window at hand is settled: what it brought, if anything, is committed. */
  void windowDone() {
    boolean written = isToBeWritten();
    if (written) {
      version++;
    }
    history.settled(window.row(scan.plan(), written), written, scan.again());
    AnswerLimit known = scan.plan().answerLimit();
    Counters before = counters;
    counters = getCounters();
    follow(() -> scan.follow(planAfterWindow()));
    log.learned(known, scan.plan().answerLimit());
    window.tell(log);
    Duration age = window.age();
    window = null;
    meters.windowDone(this, before, age);
  }

  WindowPlan planAfterWindow() {
    return window == null ? scan.plan() : window.planAfter(scan.plan());
  }

  /** Tells how far the run is, if it has not for a while. */
  void tellProgress() {
    log.progress(counters);
  }

  /** Ends the run after the window that was settled last. */
  void pause() {
    if (status == Status.RUNNING) {
      status = Status.PAUSED;
    }
  }

  void stopAsLanesAreCut() {
    window = null;
    status = Status.PAUSED;
    log.lanesCut();
  }

  void fail(String message) {
    status = Status.FAILED;
    error = window == null ? message : "window " + window.ids() + ": " + message;
    window = null;
  }

  /** The run is over, however it ended. */
  void end() {
    requests.close();
    log.ended(this);
    meters.runEnded(this, clock.instant());
    StreamMemory memory = requests.memory();
    if (status == Status.FAILED) {
      memory
          .failed(getLane(), clock.instant(), settings.maxBackoff())
          .ifPresent(notBefore -> log.pausing(memory.failures(getLane()), notBefore));
    } else {
      memory.succeeded(getLane());
    }
  }

  /** Whether the window at hand brought something that is to be written. */
  public boolean isToBeWritten() {
    return window.isToBeWritten(scan.plan(), isRefresh(), scan.again());
  }

  /** Whether the window at hand is still to be committed. */
  public boolean isUnwritten() {
    return !isDry() && isToBeWritten() && !window.writeTries().isWritten();
  }

  /** Whether the window at hand may be committed, although its commit failed. */
  public boolean isInDoubt() {
    return window.writeTries().isInDoubt();
  }

  /** How long to wait before the window at hand is written again, in milliseconds. */
  public long getWriteDelay() {
    return window.writeTries().delay().toMillis();
  }

  /** Whether a refresh may follow: the stream has some, and the run is caught up. */
  public boolean isRefreshable() {
    return status == Status.CAUGHT_UP && settings.refresh().schedule() != null;
  }

  /** Tells whether the run has asked all that is new in its lane. */
  boolean isCaughtUpSync() {
    return status == Status.CAUGHT_UP && kind() == RunKind.SYNC;
  }

  /** Whether rows are to be deleted that the answer to the window at hand lacks. */
  public boolean isDeleting() {
    return isRefresh()
        && settings.refresh().deletes() != RefreshSettings.Deletes.IGNORE
        && window.isAnswered();
  }

  /** How long to wait before the next request, in milliseconds; its turn is taken with it. */
  public long getRequestDelay() {
    return requests.turn().toMillis();
  }

  /** As {@link #getRequestDelay}, for the turn among all processes on the database. */
  public long getSharedDelay() throws SQLException {
    return requests.sharedTurn().toMillis();
  }

  /** Why the run failed. */
  public Optional<String> getError() {
    return Optional.ofNullable(error);
  }

  /** What the run has done so far, with the window at hand. */
  public Counters getCounters() {
    return window == null ? counters : window.addTo(counters, isToBeWritten());
  }

  /** How the run ended, for {@code direct:stepsync-notify}. */
  public Map<String, Object> getSummary() {
    return RunSummary.of(this);
  }

  /** The values that the statements under stepsync/sql name. */
  public Map<String, Object> getParameters() {
    return SqlParameters.of(this);
  }

  /** What stepsync_window lacks of the run: with the window at hand, if that is to be written. */
  public List<Map<String, Object>> getWindowRows() {
    boolean writing = window != null && isToBeWritten();
    return history.unwritten(writing ? window.row(scan.plan(), true) : Optional.empty()).stream()
        .map(row -> row.parameters(getId()))
        .toList();
  }

  /** The checkpoint with the window at hand; a refresh leaves it where it is. */
  public Checkpoint getCheckpoint() {
    return syncPlan(planAfterWindow()).checkpoint();
  }

  /** The window at hand; there must be one. */
  OpenWindow open() {
    return window;
  }

  Optional<IdWindow> window() {
    return Optional.ofNullable(window).map(OpenWindow::ids);
  }
}
