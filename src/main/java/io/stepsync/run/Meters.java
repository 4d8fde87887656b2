package io.stepsync.run;

import io.stepsync.store.RunStatus;
import io.stepsync.store.StoredLanes;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.Lane;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.CamelContext;

/**
 * What a stream tells of its runs to whoever counts. This one counts nothing: it is that of a
 * context without a {@code MeterRegistry}, and of a dry run.
 *
 * <p>Thread-safe.
 */
public class Meters {

  public static final Meters NONE = new Meters();

  /** Where a stream's runs are counted: a bean of a Camel context. */
  public interface Source {
    /** Returns the meters of a stream; {@link Meters#NONE} if nobody counts. */
    Meters of(CamelContext context, String stream);
  }

  /** Returns the meters of a stream. */
  public static Meters of(CamelContext context, String stream) {
    Source source = context.getRegistry().findSingleByType(Source.class);
    return source == null ? NONE : source.of(context, stream);
  }

  /** The stream was last caught up at {@code time}, in this process or before. */
  public void caughtUp(Instant time) {}

  /** The stream's trigger fired. */
  public void paused(boolean isPaused) {}

  public void runBegins() {}

  /** The state rows were read. */
  public void lanesAt(StoredLanes stored) {}

  /** The API's highest ID is known. */
  public void headAt(long head) {}

  /**
   * A request has an answer, or none.
   *
   * @param status the HTTP status, {@code timeout} or {@code failed}
   */
  public void requested(String status) {}

  public void retried() {}

  /** A window is settled: what its run had done before it, and has done now. */
  public void windowDone(Counters before, Counters after, Duration duration) {}

  /** A run of this process stands at a checkpoint that its lane's row has in this version. */
  public void laneAt(Lane lane, Checkpoint checkpoint, long version) {}

  public void runEnded(RunStatus status, Duration took) {}
}
