package io.stepsync.run;

import io.stepsync.http.ShownText;
import java.net.UnknownHostException;

/** Says in one line what an exception means. Thread-safe. */
public final class Failures {

  private Failures() {}

  /** Returns the message of the first cause that people can read, without line breaks. */
  public static String message(Throwable thrown) {
    Throwable cause = thrown;
    while (wraps(cause)) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      message = cause.getClass().getSimpleName();
    } else if (cause instanceof UnknownHostException) {
      message = "unknown host " + message;
    }
    return ShownText.harmless(message.replaceAll("\\s*[\\r\\n]+\\s*", " ").strip());
  }

  /** Camel's and Spring's wrappers, whose messages repeat the exchange. */
  private static boolean wraps(Throwable thrown) {
    String name = thrown.getClass().getName();
    return thrown.getCause() != null
        && (name.startsWith("org.apache.camel.") || name.startsWith("org.springframework."));
  }
}
