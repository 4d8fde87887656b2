package io.stepsync.watch;

import io.stepsync.run.Failures;
import io.stepsync.store.history.StoredRun;
import io.stepsync.store.history.StoredRuns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * Whether a stream's schedules fire, whether the last runs of one of its lanes have all failed, and
 * whether it was caught up not longer ago than its {@code maxLag}. It says nothing of whether the
 * process is alive.
 *
 * <p>Thread-safe.
 */
final class StreamHealth implements HealthCheck {

  /** One or two are what an API that is away for a moment costs. */
  private static final int FAILURES = 3;

  private final String stream;
  private final Duration maxLag;
  private final Optional<String> problem;
  private final StoredRuns runs;
  private final InstantSource clock;
  private final Instant started;
  private volatile boolean enabled = true;

  /**
   * @param maxLag null where any lag will do
   * @param problem what the stream does not do because of its schedules
   * @param started from when on a stream counts that has never been run
   */
  StreamHealth(
      String stream,
      Duration maxLag,
      Optional<String> problem,
      StoredRuns runs,
      InstantSource clock,
      Instant started) {
    this.stream = stream;
    this.maxLag = maxLag;
    this.problem = problem;
    this.runs = runs;
    this.clock = clock;
    this.started = started;
  }

  @Override
  public Result call(Map<String, Object> options) {
    HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
    result.detail(CHECK_ID, getId()).detail(CHECK_GROUP, getGroup());
    try {
      return judge(result).build();
    } catch (RuntimeException e) {
      return result.down().message("stream " + stream + ": " + Failures.message(e)).build();
    }
  }

  private HealthCheckResultBuilder judge(HealthCheckResultBuilder result) {
    if (problem.isPresent()) {
      return result.down().message("stream " + stream + ": " + problem.get());
    }
    Optional<StoredRun> failing = runs.failing(stream, FAILURES);
    if (failing.isPresent()) {
      return result.down().message(message(failing.get()));
    }
    if (maxLag == null) {
      return result.up();
    }
    Optional<Instant> caughtUp = runs.caughtUp(stream);
    Instant since = caughtUp.orElseGet(this::firstRun);
    Duration lag = Duration.between(since, clock.instant());
    if (lag.compareTo(maxLag) <= 0) {
      return result.up();
    }
    return result
        .down()
        .message(
            "stream %s: not caught up since %s%s, longer than maxLag %s"
                .formatted(
                    stream,
                    since.truncatedTo(ChronoUnit.SECONDS),
                    caughtUp.isPresent() ? "" : ", its start",
                    shown(maxLag)));
  }

  private String message(StoredRun last) {
    return "stream %s%s: its last %d runs failed, the last of them at %s: %s"
        .formatted(
            stream,
            last.lanes() > 1 ? " lane " + last.lane() : "",
            FAILURES,
            last.started().truncatedTo(ChronoUnit.SECONDS),
            last.error());
  }

  /** Runs that are many are forgotten, so the first that is known may be later than the first. */
  private Instant firstRun() {
    return runs.first(stream).filter(first -> first.isBefore(started)).orElse(started);
  }

  private static String shown(Duration duration) {
    return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }

  @Override
  public String getId() {
    return "stream-" + stream;
  }

  @Override
  public String getGroup() {
    return "stepsync";
  }

  @Override
  public boolean isEnabled() {
    return enabled;
  }

  @Override
  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }
}
