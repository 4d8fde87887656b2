package io.stepsync.page;

import static java.util.stream.Collectors.toSet;

import io.stepsync.run.LaneName;
import io.stepsync.steps.RunSteps;
import io.stepsync.store.RunKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
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

  private final CamelContext context;

  Triggers(CamelContext context) {
    this.context = context;
  }

  private Scheduler scheduler() {
    return context.getComponent("quartz", QuartzComponent.class).getScheduler();
  }

  private java.util.stream.Stream<JobKey> lanes(String stream) throws SchedulerException {
    return scheduler().getJobKeys(GroupMatcher.jobGroupEquals(LaneName.GROUP)).stream()
        .filter(job -> LaneName.stream(job.getName()).equals(stream));
  }

  /** Returns the streams that run, in this process or on another node of its cluster. */
  Set<String> running() {
    try {
      return scheduler().getTriggerKeys(GroupMatcher.triggerGroupEquals(LaneName.GROUP)).stream()
          .filter(this::isRunning)
          .map(trigger -> LaneName.stream(trigger.getName()))
          .collect(toSet());
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells whether a lane of a stream runs. */
  boolean isRunning(String stream) {
    return triggers(stream)
        .map(Trigger::getKey)
        .filter(key -> key.getGroup().equals(LaneName.GROUP))
        .anyMatch(this::isRunning);
  }

  /** A run keeps its trigger from firing. */
  private boolean isRunning(TriggerKey trigger) {
    try {
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
    return !trigger.getKey().getGroup().equals(LaneName.GROUP);
  }

  private java.util.stream.Stream<Trigger> triggers(String stream) {
    try {
      List<Trigger> triggers = new ArrayList<>();
      for (JobKey lane : lanes(stream).toList()) {
        triggers.addAll(scheduler().getTriggersOfJob(lane));
      }
      return triggers.stream();
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells whether a stream has a trigger. */
  boolean isThere(String stream) {
    try {
      return lanes(stream).findAny().isPresent();
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }

  void fire(String stream, RunKind kind) {
    try {
      for (JobKey lane : lanes(stream).toList()) {
        scheduler().triggerJob(lane, new JobDataMap(RunSteps.firingData(kind)));
      }
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }
}
