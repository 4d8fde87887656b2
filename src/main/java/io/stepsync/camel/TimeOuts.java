package io.stepsync.camel;

import io.stepsync.http.AnswerException;
import io.stepsync.http.AnswerException.Trouble;
import java.util.Optional;

/** Tells the troubles of a window that narrower ones may mend from those that last. */
final class TimeOuts {

  /** So many windows in a row without an answer in time, and the API is taken to be down. */
  private static final int MOST = 30;

  private int inARow;

  /** There was an answer. */
  void end() {
    inARow = 0;
  }

  /** Throws {@code reason} if a narrower window is of no use. */
  void count(AnswerException reason, boolean widened) {
    boolean refused = reason.trouble().equals(Optional.of(Trouble.REFUSED));
    boolean timedOut = reason.trouble().equals(Optional.of(Trouble.TIMED_OUT));
    inARow = timedOut ? inARow + 1 : 0;
    if (inARow > MOST || (refused && !widened)) {
      throw reason;
    }
  }
}
