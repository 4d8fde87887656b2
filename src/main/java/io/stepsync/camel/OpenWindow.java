package io.stepsync.camel;

import io.stepsync.RefreshSettings;
import io.stepsync.http.AnswerException;
import io.stepsync.http.AnswerException.Trouble;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.sync.IdWindow;
import io.stepsync.sync.WindowPlan;
import java.time.Duration;
import java.util.Optional;

/** The window that a run has asked and not settled yet. Used by one thread at a time. */
final class OpenWindow {

  private IdWindow ids;
  private final TableSettings table;
  private WindowRows rows;
  private final long begun = System.nanoTime();
  private final WriteTries writeTries = new WriteTries();
  private AnswerException trouble;
  private long bytes;
  private long millis;
  private int attempts;
  private int changed;
  private long deleted;

  OpenWindow(IdWindow ids, TableSettings table) {
    this.ids = ids;
    this.table = table;
    this.rows = new WindowRows(table);
  }

  /** So many requests were made for the answer at hand. */
  void asked(int requests) {
    attempts = requests;
  }

  void answered(Fetched fetched) {
    rows = fetched.rows();
    bytes = fetched.bytes();
    millis = fetched.millis();
  }

  /**
   * The answer was not bound by the window: it settles all up to the highest ID in it, which may be
   * above the window or in the middle of it; up to {@code end}, if it has an ID above that, or
   * none.
   */
  void settleAsAnswered(long end) {
    boolean ends = rows.records() == 0 || rows.isPassedOver();
    ids = new IdWindow(ids.firstId(), ends ? end : rows.found().highestId());
  }

  void upserted(int rowsChanged) {
    changed = rowsChanged;
  }

  void beginDeletes() {
    deleted = 0;
  }

  /** More rows were deleted; so many are only if the API's answers are taken for what they say. */
  void deleted(int more, RefreshSettings refresh) {
    deleted += more;
    long all = deleted + rows.records();
    if (deleted > refresh.mostDeletes(all)) {
      throw new IllegalStateException(
          "a refresh must delete at most maxDeletes=%s%% of a window's rows, here %d, was %d of %d"
              .formatted(
                  refresh.maxDeletes().movePointRight(2).stripTrailingZeros().toPlainString(),
                  refresh.mostDeletes(all),
                  deleted,
                  all));
    }
  }

  /** A single ID that has no answer is a dead letter; of a wider window nothing is kept. */
  void troubled(AnswerException reason) {
    trouble = reason;
    millis = 0;
    rows = new WindowRows(table);
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
   * Whether the window brought something, or one without records is news: in a refresh, and where
   * one of its IDs failed before.
   */
  boolean isToBeWritten(WindowPlan plan, boolean refresh, DeadLettersAgain again) {
    if (rows.records() > 0) {
      return !plan.mayBeCapped(ids, rows.found());
    }
    boolean mended = isAnswered() && (refresh || again.isAnyIn(ids)) && !plan.isProbe(ids);
    return mended || rows.deadLetterCount() > 0 || settlesEnd(plan);
  }

  /** The last window of a lane moves its checkpoint, even if there is nothing in it. */
  private boolean settlesEnd(WindowPlan plan) {
    return isAnswered() && !plan.checkpoint().equals(planAfter(plan).checkpoint());
  }

  boolean isAnswered() {
    return trouble == null;
  }

  WindowPlan planAfter(WindowPlan plan) {
    if (trouble == null) {
      return rows.records() == 0 ? plan.foundNothing(ids) : plan.found(ids, rows.found(), millis);
    }
    boolean refused = trouble.trouble().equals(Optional.of(Trouble.REFUSED));
    return refused ? plan.refused(ids) : plan.halved(ids);
  }

  /** What is kept of the window; nothing where it is asked again, in parts or behind a doubt. */
  Optional<WindowRow> row(WindowPlan plan, boolean written) {
    boolean empty = isAnswered() && rows.records() == 0 && !plan.isProbe(ids);
    return written || empty
        ? Optional.of(new WindowRow(ids, rows.records(), millis, attempts))
        : Optional.empty();
  }

  Counters addTo(Counters counters, boolean written) {
    return counters.plus(ids, rows, written, changed, deleted, bytes);
  }

  void tell(RunLog log) {
    log.troubled(ids, trouble);
    log.duplicates(ids, rows.duplicates());
  }

  /** Returns the time since it was asked. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  WriteTries writeTries() {
    return writeTries;
  }

  IdWindow ids() {
    return ids;
  }

  WindowRows rows() {
    return rows;
  }
}
