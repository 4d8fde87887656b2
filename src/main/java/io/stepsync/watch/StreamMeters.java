package io.stepsync.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.stepsync.camel.LateTriggers;
import io.stepsync.run.Counters;
import io.stepsync.run.Meters;
import io.stepsync.store.RunStatus;
import io.stepsync.store.StoredLanes;
import io.stepsync.verify.VerifyReport;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.Lane;
import io.stepsync.window.Lanes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/**
 * A stream's meters in Micrometer. Their names and meanings are in docs/monitoring.md; all but the
 * requests, whose statuses nobody knows before, and the head are there from the start, at 0.
 */
final class StreamMeters extends Meters {

  /** Camel's name for the registry. */
  private static final String NAME = "metricsRegistry";

  private static final long UNKNOWN = -1;
  private static final Duration[] WINDOW_BUCKETS = seconds(0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60);
  private static final Duration[] RUN_BUCKETS = seconds(0.1, 1, 10, 60, 300, 900, 3600, 14400);

  private final MeterRegistry registry;
  private final String stream;
  private final Counter records;
  private final Counter upserts;
  private final Counter unchanged;
  private final Counter deletes;
  private final Counter deadLetters;
  private final Counter bytes;
  private final Counter retries;
  private final Timer windows;
  private final Map<RunStatus, Timer> runs = new EnumMap<>(RunStatus.class);
  private final KnownLanes lanes = new KnownLanes();
  private final AtomicLong head = new AtomicLong(UNKNOWN);
  private final AtomicLong lastSuccess = new AtomicLong();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger paused = new AtomicInteger();

  private StreamMeters(
      MeterRegistry registry, String stream, LateTriggers late, LastVerified verified) {
    this.registry = registry;
    this.stream = stream;
    records = counter("records", "Records of all answers, refused ones included", null);
    upserts = counter("upserts", "Rows that were inserted or changed", null);
    unchanged = counter("unchanged", "Rows that were the same already", null);
    deletes = counter("deletes", "Rows that a refresh deleted or marked so", null);
    deadLetters = counter("dead.letters", "Records that were refused", null);
    bytes = counter("bytes", "Bytes of the answers", "bytes");
    retries = counter("retries", "Requests that were made again", null);
    windows = timer("window.duration", "Time of a window, its request included", WINDOW_BUCKETS);
    for (RunStatus status : RunStatus.values()) {
      if (status != RunStatus.RUNNING) {
        runs.put(status, runTimer(status));
      }
    }
    gauge("checkpoint", "The next ID that is not settled", null, this, StreamMeters::checkpoint);
    gauge(
        "last.success.timestamp",
        "When caught up last; 0 for never",
        "seconds",
        lastSuccess,
        AtomicLong::get);
    gauge("running", "Runs that go on; one a lane", null, running, AtomicInteger::get);
    gauge("paused", "1 while the trigger is passed over", null, paused, AtomicInteger::get);
    gauge(
        "late",
        "How long the trigger has waited for a thread",
        "seconds",
        late,
        triggers -> triggers.wait(stream).toMillis() / 1000.0);
    verifyGauges(verified);
  }

  private void verifyGauges(LastVerified verified) {
    gauge(
        "verify.timestamp",
        "When the last verify ended; 0 for never",
        "seconds",
        verified,
        last -> last.of(stream).map(report -> (double) report.ended().getEpochSecond()).orElse(0d));
    gauge(
        "verify.equal",
        "1 if the last verify found all equal, 0 if not",
        null,
        verified,
        last -> last.of(stream).map(report -> report.isEqual() ? 1d : 0d).orElse(Double.NaN));
    verifyGauge(verified, "missing", VerifyReport::missing);
    verifyGauge(verified, "different", VerifyReport::different);
    verifyGauge(verified, "surplus", VerifyReport::surplus);
    verifyGauge(verified, "unanswered", VerifyReport::unanswered);
  }

  private void verifyGauge(LastVerified verified, String kind, Function<VerifyReport, Long> count) {
    Gauge.builder(
            "stepsync.verify.differences",
            verified,
            last -> last.of(stream).map(count).map(Long::doubleValue).orElse(Double.NaN))
        .description("What the last verify found that differs, by its kind")
        .tag("stream", stream)
        .tag("kind", kind)
        .register(registry);
  }

  /** Returns the meters of a stream, in the {@code MeterRegistry} bean of a context. */
  static Meters in(CamelContext context, String stream) {
    Registry beans = context.getRegistry();
    MeterRegistry named = beans.lookupByNameAndType(NAME, MeterRegistry.class);
    MeterRegistry registry = named != null ? named : beans.findSingleByType(MeterRegistry.class);
    return registry == null
        ? Meters.NONE
        : new StreamMeters(registry, stream, LateTriggers.of(context), LastVerified.of(context));
  }

  private static Duration[] seconds(double... seconds) {
    return Arrays.stream(seconds)
        .mapToObj(each -> Duration.ofMillis(Math.round(each * 1000)))
        .toArray(Duration[]::new);
  }

  private Counter counter(String name, String description, String unit) {
    return Counter.builder("stepsync." + name)
        .description(description)
        .baseUnit(unit)
        .tag("stream", stream)
        .register(registry);
  }

  private Timer timer(String name, String description, Duration[] buckets, String... tags) {
    return Timer.builder("stepsync." + name)
        .description(description)
        .serviceLevelObjectives(buckets)
        .tag("stream", stream)
        .tags(tags)
        .register(registry);
  }

  private Timer runTimer(RunStatus status) {
    String name = status.text();
    return timer("run.duration", "Time of a run, by its end", RUN_BUCKETS, "status", name);
  }

  private <T> void gauge(
      String name, String description, String unit, T source, ToDoubleFunction<T> value) {
    Gauge.builder("stepsync." + name, source, value)
        .description(description)
        .baseUnit(unit)
        .tag("stream", stream)
        .register(registry);
  }

  private static double known(AtomicLong value) {
    return value.get() == UNKNOWN ? Double.NaN : value.get();
  }

  @Override
  public void caughtUp(Instant time) {
    lastSuccess.accumulateAndGet(time.getEpochSecond(), Math::max);
  }

  @Override
  public void paused(boolean isPaused) {
    paused.set(isPaused ? 1 : 0);
  }

  @Override
  public void runBegins() {
    running.incrementAndGet();
  }

  @Override
  public void headAt(long id) {
    if (head.getAndSet(id) == UNKNOWN) {
      gauge("head", "The API's highest ID", null, head, StreamMeters::known);
      gauge("lag", "IDs up to the head that are not settled", "ids", this, StreamMeters::lag);
    }
  }

  private double checkpoint() {
    return known(known -> known.checkpoint().currentId());
  }

  private double lag() {
    return known(known -> known.unsettled(head.get()));
  }

  private double known(ToLongFunction<Lanes> value) {
    Optional<Lanes> known = lanes.all();
    return known.isPresent() ? value.applyAsLong(known.get()) : Double.NaN;
  }

  @Override
  public void lanesAt(StoredLanes stored) {
    lanes.read(stored);
  }

  @Override
  public void requested(String status) {
    Counter.builder("stepsync.requests")
        .description("Requests, by the status of their answers")
        .tag("stream", stream)
        .tag("status", status)
        .register(registry)
        .increment();
  }

  @Override
  public void retried() {
    retries.increment();
  }

  @Override
  public void windowDone(Counters before, Counters after, Duration duration) {
    add(records, before, after, Counters::records);
    add(upserts, before, after, Counters::upserted);
    add(unchanged, before, after, Counters::unchanged);
    add(deletes, before, after, Counters::deleted);
    add(deadLetters, before, after, Counters::deadLetters);
    add(bytes, before, after, Counters::bytes);
    windows.record(duration);
  }

  @Override
  public void laneAt(Lane lane, Checkpoint checkpoint, long version) {
    lanes.moved(lane, checkpoint, version);
  }

  private static void add(
      Counter counter, Counters before, Counters after, ToLongFunction<Counters> count) {
    counter.increment((double) (count.applyAsLong(after) - count.applyAsLong(before)));
  }

  @Override
  public void runEnded(RunStatus status, Duration took) {
    running.decrementAndGet();
    runs.get(status).record(took);
  }
}
