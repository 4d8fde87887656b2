package io.stepsync.run;

import io.stepsync.http.ShownText;
import io.stepsync.json.ShortText;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelExchangeException;

/** Says in one line what an exception means. Thread-safe. */
public final class Failures {

  /** What PostgreSQL says of a prepared statement that is on another of its connections. */
  private static final String PREPARED_STATEMENTS = "42P05|26000";

  private static final String POOLER =
      "; a pooler in transaction mode, such as PgBouncer, needs prepareThreshold=0 in the"
          + " database's URL";

  /** What Camel puts behind the message of an exception that knows its exchange. */
  private static final Pattern EXCHANGE = Pattern.compile("\\.? Exchange\\[[^\\]]*]$");

  private Failures() {}

  /** Returns the message of the first cause that people can read, without line breaks. */
  public static String message(Throwable thrown) {
    Throwable cause = thrown;
    while (wraps(cause)) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    if (cause instanceof InterruptedException) {
      message = "the thread was interrupted" + (message == null ? "" : ": " + message);
    } else if (cause instanceof CamelExchangeException && message != null) {
      message = EXCHANGE.matcher(message).replaceFirst("");
    }
    if (message == null || message.isBlank()) {
      message = cause.getClass().getSimpleName();
    } else if (cause instanceof UnknownHostException) {
      message = "unknown host " + message;
    }
    return ShownText.harmless(ShortText.line(message).strip())
        + (isCausedBy(thrown, Failures::isOfPooler) ? POOLER : "");
  }

  /** Tells whether one of the causes is such a fault of the database. */
  public static boolean isCausedBy(Throwable thrown, Predicate<SQLException> fault) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause -> cause instanceof SQLException sql && fault.test(sql));
  }

  private static boolean isOfPooler(SQLException fault) {
    return fault.getSQLState() != null && fault.getSQLState().matches(PREPARED_STATEMENTS);
  }

  /** Camel's and Spring's wrappers, whose messages repeat the exchange. */
  private static boolean wraps(Throwable thrown) {
    String name = thrown.getClass().getName();
    return thrown.getCause() != null
        && (name.startsWith("org.apache.camel.") || name.startsWith("org.springframework."));
  }
}
