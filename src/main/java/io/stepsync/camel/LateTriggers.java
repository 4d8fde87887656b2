package io.stepsync.camel;

import io.stepsync.run.Lateness;
import io.stepsync.steps.firing.Crons;
import io.stepsync.store.DataSources;
import io.stepsync.store.PerContext;
import io.stepsync.store.StreamMoments;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.support.LifecycleStrategySupport;
import org.quartz.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The streams whose triggers are due and wait for a thread; of several lanes that of the lowest
 * counts. Thread-safe.
 */
public final class LateTriggers {

  private static final Logger LOG = LoggerFactory.getLogger(LateTriggers.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
  private static final Duration KEPT = Duration.ofSeconds(1);

  /** More are told in one line. */
  private static final int MOST_LINES = 10;

  private final CamelContext context;
  private Map<String, Instant> due = Map.of();
  private Instant readAt = Instant.MIN;
  private Set<String> told = Set.of();

  private LateTriggers(CamelContext context) {
    this.context = context;
  }

  /** Returns those of a context. */
  public static LateTriggers of(CamelContext context) {
    return PerContext.of(context, LateTriggers.class, LateTriggers::new);
  }

  /** Returns for how long a stream's trigger has waited for a thread; 0 if it does not wait. */
  public synchronized Duration wait(String stream) {
    Instant now = Instant.now();
    if (now.isAfter(readAt.plus(KEPT))) {
      due = waiting(now);
      readAt = now;
    }
    Instant since = due.containsKey(stream) ? since(due.get(stream)) : now;
    return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
  }

  /** Another node may fire what waits for a scheduler that does not run here. */
  private Instant since(Instant due) {
    Scheduler scheduler = context.getComponent("quartz", QuartzComponent.class).getScheduler();
    return scheduler == null ? due : Lateness.since(due, scheduler);
  }

  private Map<String, Instant> waiting(Instant now) {
    Map<String, Instant> waiting = new HashMap<>();
    for (TriggerTable.Row trigger : TriggerTable.of(context).read()) {
      if (trigger.lane().lane() == 0 && !trigger.byHand() && !trigger.running()) {
        trigger
            .next()
            .filter(next -> next.isBefore(now))
            .ifPresent(next -> waiting.put(trigger.lane().stream(), next));
      }
    }
    return waiting;
  }

  /**
   * From when {@code context} has started, has a warning logged for each stream that waits for a
   * thread until its schedule fires again. That it does so while it waits is for a process whose
   * threads are its own: a firing tells it as well, once it comes.
   */
  public static void watch(CamelContext context) {
    LateTriggers late = of(context);
    context.addLifecycleStrategy(
        new LifecycleStrategySupport() {
          private Future<?> looks;

          @Override
          public void onContextStarted(CamelContext started) {
            looks =
                started
                    .getExecutorServiceManager()
                    .newSingleThreadScheduledExecutor(late, "stepsync-late")
                    .scheduleWithFixedDelay(
                        late::look,
                        BETWEEN_LOOKS.toSeconds(),
                        BETWEEN_LOOKS.toSeconds(),
                        TimeUnit.SECONDS);
          }

          @Override
          public void onContextStopping(CamelContext stopping) {
            if (looks != null) {
              looks.cancel(false);
            }
          }
        });
  }

  private void look() {
    try {
      Map<String, Lateness> news = new TreeMap<>();
      Set<String> late = new HashSet<>();
      Map<String, String> schedules = Trigger.schedules(context);
      StreamMoments stored = StreamMoments.late(new JdbcTemplate(DataSources.of(context)));
      Instant now = Instant.now();
      waiting(now)
          .forEach(
              (stream, due) -> {
                Lateness lateness = lateness(schedules.get(stream), due, now);
                if (lateness.isLate() && late.add(stream) && !told.contains(stream)) {
                  if (stored.add(stream, lateness.since())) {
                    news.put(stream, lateness);
                  }
                }
              });
      told = late;
      tell(news);
    } catch (RuntimeException e) {
      LOG.debug("late streams are looked for another time", e);
    }
  }

  /** Another node's stream has no schedule here. */
  private Lateness lateness(String schedule, Instant due, Instant now) {
    Optional<Instant> next = Optional.ofNullable(schedule).flatMap(cron -> Crons.next(cron, due));
    return Lateness.of(due, since(due), next, now);
  }

  private static void tell(Map<String, Lateness> news) {
    if (news.size() > MOST_LINES) {
      LOG.warn(
          "late by more than the time between their firings, as no thread was free"
              + " (stepsync.threads): {}",
          String.join(", ", news.keySet()));
    } else {
      news.forEach(LateTriggers::tell);
    }
  }

  private static void tell(String stream, Lateness late) {
    LOG.atWarn()
        .addKeyValue("stream", stream)
        .log("{}: {}, as no thread was free (stepsync.threads)", stream, late);
  }
}
