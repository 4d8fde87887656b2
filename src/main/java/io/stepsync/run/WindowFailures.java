package io.stepsync.run;

import io.stepsync.http.AnswerException;
import io.stepsync.http.AnswerException.Trouble;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.apache.camel.util.ObjectHelper;
import org.apache.hc.client5.http.ConnectTimeoutException;

/**
 * Tells the failures of a run's windows that narrower ones may mend from those that last. Not
 * thread-safe.
 */
final class WindowFailures {

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

  /** An answer that is none, or a connection that broke, says that the window was too wide. */
  static Optional<AnswerException> ofWideWindow(Throwable failure) {
    AnswerException answer = ObjectHelper.getException(AnswerException.class, failure);
    IOException broken = ObjectHelper.getException(IOException.class, failure);
    Exception reason = answer != null ? answer : broken;
    return reason == null
        ? Optional.empty()
        : Optional.of(new AnswerException(Failures.message(reason), Trouble.REFUSED));
  }

  static Optional<AnswerException> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AnswerException answer) {
        return answer.trouble().map(trouble -> answer);
      }
      if (cause instanceof SocketTimeoutException && !(cause instanceof ConnectTimeoutException)) {
        return Optional.of(
            new AnswerException("the answer did not come in time", Trouble.TIMED_OUT));
      }
    }
    return Optional.empty();
  }
}
