package io.stepsync.ops.page;

import static java.util.stream.Collectors.toSet;

import io.stepsync.camel.ByHand;
import io.stepsync.camel.RunKind;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.JobDataMap;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;

/**
 * The triggers of the streams, as their routes made them. What is asked for by hand is a firing of
 * the same trigger, so that it never runs beside another run of its stream. Thread-safe.
 */
final class Triggers {

  /** As in the template step-size-sync. */
  private static final String GROUP = "stepsync";

  private final CamelContext context;

  Triggers(CamelContext context) {
    this.context = context;
  }

  private Scheduler scheduler() {
    return context.getComponent("quartz", QuartzComponent.class).getScheduler();
  }

  private static JobKey key(String stream) {
    return JobKey.jobKey(stream, GROUP);
  }

  /** Returns the streams that run, in this process or on another node of its cluster. */
  Set<String> running() {
    try {
      return scheduler().getTriggerKeys(GroupMatcher.triggerGroupEquals(GROUP)).stream()
          .map(TriggerKey::getName)
          .filter(this::isRunning)
          .collect(toSet());
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells whether a stream runs, which keeps its trigger from firing. */
  boolean isRunning(String stream) {
    try {
      TriggerKey trigger = TriggerKey.triggerKey(stream, GROUP);
      return scheduler().getTriggerState(trigger) == TriggerState.BLOCKED;
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns when a stream's schedule fires next. */
  Optional<Instant> next(String stream) {
    return triggers(stream)
        .filter(trigger -> !isByHand(trigger))
        .map(Trigger::getNextFireTime)
        .filter(Objects::nonNull)
        .min(Date::compareTo)
        .map(Date::toInstant);
  }

  /** Tells whether a run was asked for by hand that has not started. */
  boolean isAskedFor(String stream) {
    return triggers(stream).anyMatch(Triggers::isByHand);
  }

  private static boolean isByHand(Trigger trigger) {
    return !trigger.getKey().getGroup().equals(GROUP);
  }

  private java.util.stream.Stream<? extends Trigger> triggers(String stream) {
    try {
      return scheduler().getTriggersOfJob(key(stream)).stream();
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }

  void fire(String stream, RunKind kind) {
    try {
      scheduler().triggerJob(key(stream), new JobDataMap(ByHand.data(kind)));
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }
}
