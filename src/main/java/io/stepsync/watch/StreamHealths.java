package io.stepsync.watch;

import io.stepsync.Stream;
import io.stepsync.StreamSettings;
import io.stepsync.camel.SilentSchedules;
import io.stepsync.camel.Trigger;
import io.stepsync.store.history.StoredRuns;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;

/** A check for each stream that there is by now. Thread-safe. */
final class StreamHealths implements HealthCheckRepository {

  private static final String ID = "stepsync";

  private final CamelContext context;
  private final StoredRuns runs;
  private final InstantSource clock = InstantSource.system();
  private final Instant started = clock.instant();
  private volatile boolean enabled = true;

  private StreamHealths(CamelContext context, DataSource dataSource) {
    this.context = context;
    this.runs = new StoredRuns(dataSource);
  }

  /** Adds the checks to those of {@code context}, if it has any and these are not there. */
  static void addTo(CamelContext context, DataSource dataSource) {
    HealthCheckRegistry health = HealthCheckRegistry.get(context);
    if (health != null && health.getRepository(ID).isEmpty()) {
      health.register(new StreamHealths(context, dataSource));
    }
  }

  @Override
  public java.util.stream.Stream<HealthCheck> stream() {
    Map<String, String> schedules = Trigger.schedules(context);
    return context.getRegistry().findByTypeWithName(Stream.class).entrySet().stream()
        .map(stream -> stream.getValue().checked(stream.getKey()))
        .map(settings -> check(settings, schedules.get(settings.name())));
  }

  private HealthCheck check(StreamSettings settings, String schedule) {
    Optional<String> problem = SilentSchedules.problem(settings, schedule);
    return new StreamHealth(settings.name(), settings.maxLag(), problem, runs, clock, started);
  }

  @Override
  public Optional<HealthCheck> getCheck(String id) {
    return stream().filter(check -> check.getId().equals(id)).findFirst();
  }

  @Override
  public String getId() {
    return ID;
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
