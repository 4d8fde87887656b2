package io.stepsync.camel;

import io.stepsync.http.AnswerException;
import io.stepsync.http.AnswerException.Trouble;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.sync.IdWindow;
import io.stepsync.sync.WindowPlan;
import java.util.Optional;
import java.util.Set;

/** The window that a run has asked and not settled yet. Used by one thread at a time. */
final class OpenWindow {

  private final IdWindow ids;
  private final WindowRows rows;
  private AnswerException trouble;
  private long bytes;
  private int changed;

  OpenWindow(IdWindow ids, TableSettings table) {
    this.ids = ids;
    this.rows = new WindowRows(table);
  }

  void answered(long answerBytes) {
    bytes = answerBytes;
  }

  void upserted(int rowsChanged) {
    changed = rowsChanged;
  }

  /** A single ID that has no answer is a dead letter. */
  void troubled(AnswerException reason) {
    trouble = reason;
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

  /** Whether the window brought something, or settled an ID that failed before. */
  boolean isToBeWritten(WindowPlan plan, Set<Long> retries) {
    if (rows.records() > 0) {
      return !plan.mayBeCapped(ids, rows.found());
    }
    boolean mended = trouble == null && ids.isSingle() && retries.contains(ids.firstId());
    return mended || rows.deadLetterCount() > 0;
  }

  WindowPlan planAfter(WindowPlan plan) {
    if (trouble == null) {
      return rows.records() == 0 ? plan.foundNothing(ids) : plan.found(ids, rows.found());
    }
    boolean refused = trouble.trouble().equals(Optional.of(Trouble.REFUSED));
    return refused ? plan.refused(ids) : plan.halved(ids);
  }

  Counters addTo(Counters counters, boolean written) {
    return counters.plus(ids, rows, written, changed, bytes);
  }

  void tell(RunLog log) {
    log.troubled(ids, trouble);
    log.duplicates(ids, rows.duplicates());
  }

  IdWindow ids() {
    return ids;
  }

  WindowRows rows() {
    return rows;
  }
}
