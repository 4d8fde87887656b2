package io.stepsync.cli.terminal;

import io.stepsync.http.AnswerException;
import java.io.IOException;
import org.apache.camel.util.ObjectHelper;

/** What to do about a request that failed. */
public final class Advice {

  private Advice() {}

  /**
   * Returns what to do about a failure, in a line.
   *
   * @param settings those that say what is asked and what the answer must be
   */
  public static String of(Exception failure, String settings) {
    AnswerException answer = ObjectHelper.getException(AnswerException.class, failure);
    if (answer == null) {
      return ObjectHelper.getException(IOException.class, failure) == null
          ? "see what the settings say: " + settings
          : "see that the API can be reached from here, and what url says";
    }
    if (answer.mayPass()) {
      return "the API is busy or down: try again later, or set requestsPerSecond";
    }
    if (answer.status() == 401 || answer.status() == 403) {
      return "set auth, and its values in the environment, to what the API takes";
    }
    if (answer.trouble().isPresent() && answer.status() == 200) {
      return "a run goes on in narrower windows; a smaller stepSize spares it the failing requests";
    }
    return "set " + settings + " to what the API has; stepsync discover URL shows what it answers";
  }
}
