package io.stepsync.page;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.stepsync.camel.TriggerTable;
import io.stepsync.run.LaneName;
import io.stepsync.steps.firing.FiringLane;
import io.stepsync.store.RunKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.JobDataMap;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.matchers.GroupMatcher;

/**
 * The triggers of the streams, as their routes made them. What is asked for by hand is a firing of
 * the same trigger, not a run by the Java API: so it waits its turn among the threads, runs on a
 * node that has one, and never beside another run of its stream. Thread-safe.
 */
final class Triggers {

  private final CamelContext context;

  Triggers(CamelContext context) {
    this.context = context;
  }

  /**
   * The triggers of all streams at a moment, in this process or in its cluster.
   *
   * @param byStream those of each stream
   */
  record Read(Map<String, List<TriggerTable.Row>> byStream) {

    private java.util.stream.Stream<TriggerTable.Row> of(String stream) {
      return byStream.getOrDefault(stream, List.of()).stream();
    }

    /** Tells whether a stream has a trigger. */
    boolean isThere(String stream) {
      return byStream.containsKey(stream);
    }

    /** Tells whether a lane of a stream runs, which keeps its trigger from firing, or is to. */
    boolean isRunning(String stream) {
      return of(stream).anyMatch(trigger -> trigger.byHand() || trigger.running());
    }

    /** Returns when a stream's schedule fires next. */
    Optional<Instant> next(String stream) {
      return of(stream)
          .filter(trigger -> !trigger.byHand())
          .map(TriggerTable.Row::next)
          .flatMap(Optional::stream)
          .min(Comparator.naturalOrder());
    }
  }

  Read read() {
    return new Read(
        TriggerTable.of(context).read().stream()
            .collect(groupingBy(trigger -> trigger.lane().stream())));
  }

  /** Returns the streams of which a lane runs, or is to. */
  Set<String> running() {
    return TriggerTable.of(context).running().stream().map(LaneName::stream).collect(toSet());
  }

  private Scheduler scheduler() {
    return context.getComponent("quartz", QuartzComponent.class).getScheduler();
  }

  void fire(String stream, RunKind kind) {
    try {
      for (JobKey lane : scheduler().getJobKeys(GroupMatcher.jobGroupEquals(LaneName.GROUP))) {
        if (LaneName.stream(lane.getName()).equals(stream)) {
          scheduler().triggerJob(lane, new JobDataMap(FiringLane.data(kind)));
        }
      }
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }
}
