package io.stepsync.camel;

import java.time.Duration;
import java.time.Instant;
import org.apache.camel.CamelContext;

/**
 * What a stream tells of its runs to whoever counts. This one counts nothing: it is that of a
 * context without a {@code MeterRegistry}, and of a dry run.
 *
 * <p>Thread-safe.
 */
class Meters {

  static final Meters NONE = new Meters();

  private static final String REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

  /** Returns the meters of a stream, in the {@code MeterRegistry} bean of {@code context}. */
  static Meters of(CamelContext context, String stream) {
    return context.getClassResolver().resolveClass(REGISTRY) == null
        ? NONE
        : StreamMeters.in(context, stream).map(Meters.class::cast).orElse(NONE);
  }

  /** The stream was last caught up at {@code time}, in this process or before. */
  void caughtUp(Instant time) {}

  /** The stream's trigger fired. */
  void paused(boolean isPaused) {}

  void runBegins() {}

  /** The state rows were read. */
  void lanesAt(StoredLanes stored) {}

  /** The API's highest ID is known. */
  void headAt(long head) {}

  /**
   * A request has an answer, or none.
   *
   * @param status the HTTP status, {@code timeout} or {@code failed}
   */
  void requested(String status) {}

  void retried() {}

  /**
   * A window is settled.
   *
   * @param run its run, which has it behind it
   * @param before what that had done before it
   */
  void windowDone(Run run, Counters before, Duration duration) {}

  void runEnded(Run run, Instant now) {}
}
