package io.stepsync.watch;

import io.stepsync.store.DataSources;
import io.stepsync.store.PerContext;
import io.stepsync.store.history.VerifyReports;
import io.stepsync.verify.VerifyReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the last verify of each stream found, by whatever process: read when somebody asks, for all
 * streams at once, and kept for a moment. A database that does not answer holds nobody up for
 * longer than a second; until it does, what was known is told.
 *
 * <p>Thread-safe.
 */
final class LastVerified {

  private static final Logger LOG = LoggerFactory.getLogger(LastVerified.class);
  private static final long KEPT = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_MILLIS = 1000;

  private final CamelContext context;
  private ExecutorService reader;
  private Future<Map<String, VerifyReport>> reading;
  private Map<String, VerifyReport> known = Map.of();
  private long asked;

  private LastVerified(CamelContext context) {
    this.context = context;
  }

  /** Returns those of a context. */
  static LastVerified of(CamelContext context) {
    return PerContext.of(context, LastVerified.class, LastVerified::new);
  }

  /** Returns a stream's; empty if it was never verified, or nothing could be read yet. */
  synchronized Optional<VerifyReport> of(String stream) {
    if (reader == null || System.nanoTime() - asked > KEPT) {
      read();
      asked = System.nanoTime();
    }
    return Optional.ofNullable(known.get(stream));
  }

  /** By a thread of its own, as whoever asks cannot wait for a database. */
  private void read() {
    if (reader == null) {
      reader =
          context.getExecutorServiceManager().newSingleThreadExecutor(this, "stepsync-verified");
    }
    if (reading == null) {
      reading = reader.submit(this::reports);
    }
    try {
      known = reading.get(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
      reading = null;
    } catch (TimeoutException e) {
      LOG.debug("what verifies found is not read yet", e);
    } catch (ExecutionException e) {
      reading = null;
      LOG.debug("what verifies found cannot be read now", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, VerifyReport> reports() {
    return new VerifyReports(new JdbcTemplate(DataSources.of(context))).byStream();
  }
}
