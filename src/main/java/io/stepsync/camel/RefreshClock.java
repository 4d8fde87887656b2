package io.stepsync.camel;

import io.stepsync.Stream;
import io.stepsync.run.LaneName;
import io.stepsync.steps.firing.Crons;
import io.stepsync.steps.firing.FiringLane;
import io.stepsync.store.DataSources;
import io.stepsync.store.StateRows;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.support.LifecycleStrategySupport;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Fires the lanes of a stream when its {@code refreshSchedule} does, if its own schedule does not
 * soon: a refresh follows a run, but need not wait a day for one. It begins with the first trigger
 * of a stream that a context has. Used by one thread at a time, as Camel does.
 */
final class RefreshClock extends LifecycleStrategySupport {

  private static final Logger LOG = LoggerFactory.getLogger(RefreshClock.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** A run that comes as soon brings the refresh with it. */
  private static final Duration SOON = Duration.ofMinutes(1);

  private final CamelContext context;
  private Future<?> looks;

  /** Null after routes came or went. */
  private volatile List<Refreshed> streams;

  private Instant looked;

  /** A stream that has a {@code refreshSchedule}. */
  private record Refreshed(String stream, String schedule, String refreshSchedule) {}

  RefreshClock(CamelContext context) {
    this.context = context;
  }

  @Override
  public void onRoutesAdd(Collection<Route> routes) {
    streams = null;
    boolean any =
        routes.stream()
            .anyMatch(
                route ->
                    route.getEndpoint() instanceof QuartzEndpoint endpoint
                        && endpoint.getTriggerKey().getGroup().equals(LaneName.GROUP));
    if (any && looks == null) {
      looked = Instant.now();
      looks =
          context
              .getExecutorServiceManager()
              .newSingleThreadScheduledExecutor(this, "stepsync-refresh-clock")
              .scheduleWithFixedDelay(
                  this::look,
                  BETWEEN_LOOKS.toMillis(),
                  BETWEEN_LOOKS.toMillis(),
                  TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void onRoutesRemove(Collection<Route> routes) {
    streams = null;
  }

  @Override
  public void onContextStopping(CamelContext stopping) {
    if (looks != null) {
      looks.cancel(false);
    }
  }

  private void look() {
    Instant now = Instant.now();
    try {
      Scheduler scheduler = context.getComponent("quartz", QuartzComponent.class).getScheduler();
      if (scheduler != null && scheduler.isStarted() && !scheduler.isInStandbyMode()) {
        for (Refreshed stream : refreshed()) {
          look(scheduler, stream, looked, now);
        }
      }
    } catch (RuntimeException | SchedulerException e) {
      LOG.debug("whether refreshes are due is looked for another time", e);
    } finally {
      looked = now;
    }
  }

  private List<Refreshed> refreshed() {
    List<Refreshed> known = streams;
    if (known == null) {
      known =
          Trigger.of(context).stream()
              .map(this::refreshed)
              .filter(stream -> stream.refreshSchedule() != null)
              .toList();
      streams = known;
    }
    return known;
  }

  private Refreshed refreshed(Trigger trigger) {
    Stream stream = context.getRegistry().lookupByNameAndType(trigger.stream(), Stream.class);
    return new Refreshed(
        trigger.stream(),
        trigger.schedule(),
        stream == null ? null : stream.checked(trigger.stream()).refresh().schedule());
  }

  private void look(Scheduler scheduler, Refreshed stream, Instant after, Instant now)
      throws SchedulerException {
    Optional<Instant> due =
        Crons.next(stream.refreshSchedule(), after).filter(at -> !at.isAfter(now));
    if (due.isEmpty()
        || Crons.next(stream.schedule(), now).filter(now.plus(SOON)::isAfter).isPresent()) {
      return;
    }
    for (StateRows.Row lane : refreshable(stream.stream(), due.get())) {
      LaneName name = LaneName.of(stream.stream(), lane.lane());
      if (scheduler.checkExists(name.key())) {
        FiringLane.refresh(scheduler, name, due.get());
      }
    }
  }

  /** Lanes that were not refreshed meanwhile, by a run that came a moment before. */
  private List<StateRows.Row> refreshable(String stream, Instant due) {
    List<StateRows.Row> rows = new StateRows(new JdbcTemplate(DataSources.of(context))).of(stream);
    return rows.stream()
        .filter(row -> row.kind().equals("sync"))
        .filter(
            row ->
                rows.stream()
                    .noneMatch(
                        other ->
                            other.kind().equals("refresh")
                                && other.lane() == row.lane()
                                && !other.updatedAt().isBefore(due)))
        .toList();
  }
}
