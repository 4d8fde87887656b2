package io.stepsync.camel;

import io.stepsync.StreamSettings;
import io.stepsync.http.RecordId;
import io.stepsync.http.RequestSettings;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.sync.Checkpoint;
import io.stepsync.sync.IdWindow;
import io.stepsync.sync.WindowPlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * One firing of a stream's trigger, from its start to caught up, paused or failed. It travels as
 * the exchange variable {@code run}; its getters are what routes may read.
 *
 * <p>Used by one thread at a time.
 */
public final class Run {

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

  private final String id;
  private final StreamSettings settings;
  private final RecordId recordId;
  private final RunLog log;
  private final Instant started;
  private Counters counters = Counters.NONE;
  private String upsertStatement;
  private WindowPlan plan;
  private long version;
  private IdWindow window;
  private WindowRows rows;
  private Status status = Status.RUNNING;
  private String error;
  private long bytes;
  private int changed;

  Run(String id, StreamSettings settings, InstantSource clock) {
    this.id = id;
    this.settings = settings;
    this.recordId = new RecordId(settings.request().id());
    this.log = new RunLog(settings.name(), clock);
    this.started = clock.instant();
    this.plan = WindowPlan.startingAt(new Checkpoint(settings.scan().initialId()), settings.scan());
  }

  /** The table is ready for {@code statement}. */
  void writeThrough(String statement) {
    upsertStatement = statement;
  }

  /** The state row was read: this is where the run starts. */
  void startAt(Checkpoint checkpoint, long stateVersion) {
    plan = WindowPlan.startingAt(checkpoint, settings.scan());
    version = stateVersion;
    log.started(checkpoint, settings);
    endIfCaughtUp();
  }

  /** Takes the next window of the plan and makes place for its rows. */
  IdWindow nextWindow() {
    window = plan.next().orElseThrow();
    rows = new WindowRows(settings.table());
    bytes = 0;
    changed = 0;
    return window;
  }

  /** Fails the run when it has more dead letters than its stream allows. */
  void checkDeadLetters() {
    long dead = counters.deadLetters() + rows.deadLetterCount();
    if (dead > settings.maxDeadLetters()) {
      throw new IllegalStateException(
          "a run must have at most maxDeadLetters ("
              + settings.maxDeadLetters()
              + ") dead letters, was "
              + dead
              + "; the last: ID "
              + rows.lastDeadLetter().id()
              + ", "
              + rows.lastDeadLetter().reason());
    }
  }

  /** The window's answer has arrived. */
  void answered(long answerBytes) {
    bytes = answerBytes;
  }

  /** The window's rows were written, and {@code rowsChanged} of them inserted or changed. */
  void upserted(int rowsChanged) {
    changed = rowsChanged;
  }

  /** The window at hand is settled: what it brought, if anything, is committed. */
  void windowDone() {
    counters = getCounters();
    plan = planAfterWindow();
    if (rows.records() > 0) {
      version++;
    }
    log.duplicates(window, rows.duplicates());
    log.progress(window, counters);
    window = null;
    endIfCaughtUp();
  }

  private void endIfCaughtUp() {
    if (plan.next().isEmpty()) {
      status = Status.CAUGHT_UP;
    }
  }

  private WindowPlan planAfterWindow() {
    if (window == null) {
      return plan;
    }
    return rows.records() == 0
        ? plan.foundNothing(window)
        : plan.found(window, rows.highestId().orElseThrow());
  }

  /** Ends the run after the window that was settled last. */
  void pause() {
    if (status == Status.RUNNING) {
      status = Status.PAUSED;
    }
  }

  void fail(String message) {
    status = Status.FAILED;
    error = window == null ? message : "window " + window + ": " + message;
    window = null;
  }

  void logEnd() {
    log.ended(this);
  }

  /** Whether there is another window to ask. */
  public boolean isGoing() {
    return status == Status.RUNNING;
  }

  /** The run's ID. */
  public String getId() {
    return id;
  }

  /** The stream's name. */
  public String getStream() {
    return settings.name();
  }

  /** The stream's settings. */
  public StreamSettings getSettings() {
    return settings;
  }

  /** How a window is asked. */
  public RequestSettings getRequest() {
    return settings.request();
  }

  /** The endpoint that takes a window's records. */
  public String getSink() {
    return settings.sink();
  }

  /** How the run stands. */
  public Status getStatus() {
    return status;
  }

  /** Why the run failed. */
  public Optional<String> getError() {
    return Optional.ofNullable(error);
  }

  /** What the run has done so far, with the window at hand. */
  public Counters getCounters() {
    return window == null ? counters : counters.plus(window, rows, changed, bytes);
  }

  /** The values that the statements under stepsync/sql name. */
  public Map<String, Object> getParameters() {
    return SqlParameters.of(this);
  }

  /** The checkpoint with the window at hand. */
  public Checkpoint getCheckpoint() {
    return planAfterWindow().checkpoint();
  }

  RecordId recordId() {
    return recordId;
  }

  String upsertStatement() {
    return upsertStatement;
  }

  WindowRows rows() {
    return rows;
  }

  Instant started() {
    return started;
  }

  long version() {
    return version;
  }
}
