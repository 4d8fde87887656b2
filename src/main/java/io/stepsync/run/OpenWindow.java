package io.stepsync.run;

import io.stepsync.http.AnswerException;
import io.stepsync.http.AnswerException.Trouble;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.store.history.WindowHistory;
import io.stepsync.window.FoundIds;
import io.stepsync.window.IdWindow;
import io.stepsync.window.Outcome;
import io.stepsync.window.WindowPlan;
import java.time.Duration;
import java.util.Optional;

/** The window that a run has asked and not settled yet. Used by one thread at a time. */
public final class OpenWindow {

  private IdWindow ids;
  private IdWindow written;
  private final TableSettings table;
  private WindowRows rows;
  private final long begun = System.nanoTime();
  private final WriteTries writeTries = new WriteTries();
  private AnswerException trouble;
  private boolean goneOver;
  private FoundIds found = FoundIds.NONE;
  private long askedAt;
  private WindowPlan after;
  private long bytes;
  private long millis;
  private int attempts;
  private int changed;
  private int unchanged;
  private boolean inserting;
  private long deleted;

  public OpenWindow(IdWindow ids, TableSettings table) {
    this.ids = ids;
    this.written = ids;
    this.table = table;
    this.rows = new WindowRows(table);
  }

  /** So many requests were made for the current answer. */
  void asked(int requests) {
    attempts = requests;
  }

  /**
   * @param witness the ID that was only asked to see it again, whose row is left out; −1 for none
   * @param news the IDs that were not asked before
   */
  void answered(WindowSource.Fetched fetched, long witness, IdWindow news) {
    rows = fetched.rows();
    bytes = fetched.bytes();
    millis = fetched.millis();
    askedAt = fetched.askedAt();
    found = rows.found();
    after = null;
    written = news;
    if (found.contains(witness)) {
      rows.leaveOut(witness);
    }
  }

  /** Stored records stand for the answer; of their window nothing else is settled. */
  void goneOver(WindowSource.Fetched stored) {
    rows = stored.rows();
    bytes = stored.bytes();
    goneOver = true;
    after = null;
  }

  /** Tells whether the window was not asked, but gone over again. */
  public boolean isGoneOver() {
    return goneOver;
  }

  /**
   * The answer was not bound by the window: it settles all up to the highest ID in it, which may be
   * above the window or in the middle of it; up to {@code end}, if it has an ID above that, or
   * none.
   */
  void settleAsAnswered(long end) {
    boolean ends = rows.records() == 0 || rows.isPassedOver();
    ids = new IdWindow(ids.firstId(), ends ? end : found.highest());
    written = ids;
    after = null;
  }

  /** A sink is given the rows: one that is no table's is taken to write all of them. */
  public void beginSink() {
    changed = table.hasTable() ? 0 : rows.rowCount();
    unchanged = 0;
  }

  /** Whether the rows are about to be inserted, and not upserted. */
  public void inserting(boolean isInsert) {
    inserting = isInsert;
  }

  boolean isInserting() {
    return inserting;
  }

  /** The rows were written to the table, maybe not for the first time. */
  public void upserted(int rowsChanged) {
    changed = Math.min(rows.rowCount(), changed + rowsChanged);
    unchanged = rows.rowCount() - changed;
  }

  /** What was written is no longer so: it is written in another way, or not at all. */
  public void rolledBack() {
    changed = 0;
    unchanged = 0;
    deleted = 0;
  }

  public void beginDeletes() {
    deleted = 0;
  }

  public void deleted(int more) {
    deleted += more;
  }

  /** A single ID that has no answer is a dead letter; of a wider window nothing is kept. */
  void troubled(AnswerException reason) {
    trouble = reason;
    millis = 0;
    rolledBack();
    rows = new WindowRows(table);
    found = FoundIds.NONE;
    after = null;
    if (ids.isSingle()) {
      rows.addFailure(ids.firstId(), reason.getMessage());
    }
  }

  void checkDeadLetters(long before, long most) {
    long dead = before + rows.deadLetterCount();
    if (dead > most) {
      throw new IllegalStateException(
          "a run must have at most maxDeadLetters (%d) dead letters, was %d; the last: ID %d, %s"
              .formatted(most, dead, rows.lastDeadLetter().id(), rows.lastDeadLetter().reason()));
    }
  }

  /**
   * Whether the window is to be committed: for what it brought, for what the plan says, or, without
   * records, as it is news in a refresh, and where one of its IDs failed before.
   */
  boolean isToBeWritten(WindowPlan plan, boolean refresh, DeadLettersAgain again) {
    if (!isAnswered()) {
      return rows.deadLetterCount() > 0;
    }
    WindowPlan next = planAfter(plan);
    boolean mended = refresh || again.isAnyIn(ids);
    return next.isCommitting() || (next.hasSettled() && mended);
  }

  boolean isAnswered() {
    return trouble == null;
  }

  /**
   * Returns the plan after what became of the window.
   *
   * @param plan always the same, that of which the window is the next
   */
  WindowPlan planAfter(WindowPlan plan) {
    if (after == null) {
      after = plan.after(outcome());
    }
    return after;
  }

  private Outcome outcome() {
    if (isAnswered() && goneOver) {
      return new Outcome.GoneOver(ids);
    }
    if (isAnswered()) {
      return new Outcome.Answered(ids, found, askedAt, millis);
    }
    boolean refused = trouble.trouble().equals(Optional.of(Trouble.REFUSED));
    return refused ? new Outcome.Refused(ids) : new Outcome.Failed(ids);
  }

  /** What is kept of the window; nothing where it is asked again, in parts or behind a doubt. */
  Optional<WindowHistory.Row> row(WindowPlan plan, boolean isWritten) {
    if (goneOver) {
      return Optional.empty();
    }
    boolean empty = rows.records() == 0 && planAfter(plan).hasSettled();
    return (isWritten || empty) && !(empty && plan.isAskingAgain())
        ? Optional.of(
            new WindowHistory.Row(plan.news(ids), rows.records(), millis, attempts, false))
        : Optional.empty();
  }

  Counters addTo(Counters counters, boolean written) {
    return counters.plus(ids, rows, written, changed, unchanged, deleted, bytes);
  }

  void tell(RunLog log) {
    log.troubled(ids, trouble);
    log.duplicates(ids, rows.duplicates());
  }

  /** Returns the time since it was asked. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  public WriteTries writeTries() {
    return writeTries;
  }

  IdWindow ids() {
    return ids;
  }

  /** Returns the IDs whose rows are deleted where the answer lacks them: those asked first now. */
  public IdWindow written() {
    return written;
  }

  public WindowRows rows() {
    return rows;
  }
}
