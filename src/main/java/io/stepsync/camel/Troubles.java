package io.stepsync.camel;

import io.stepsync.http.AnswerException;
import io.stepsync.http.AnswerException.Trouble;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** Tells the failures of a request that a narrower window may mend from all others. */
final class Troubles {

  private Troubles() {}

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
