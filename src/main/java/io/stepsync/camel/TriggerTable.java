package io.stepsync.camel;

import static java.util.stream.Collectors.toSet;

import io.stepsync.run.LaneName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;

/** Reads all triggers of streams at once, those of lanes and those by hand. Thread-safe. */
public interface TriggerTable {

  /** The name of the bean, where there is another than that of the scheduler in memory. */
  String NAME = "stepsyncTriggers";

  List<Row> read();

  /** Returns the lanes that run, or are to run at once because they were fired by hand. */
  default Set<LaneName> running() {
    return read().stream()
        .filter(row -> row.running() || row.byHand())
        .map(Row::lane)
        .collect(toSet());
  }

  /**
   * A trigger as it is now.
   *
   * @param lane which it fires
   * @param byHand whether it was made for one firing, and not by a schedule
   * @param running whether a run of the lane goes on, so that it does not fire
   * @param next when it is to fire next; one that waits has it in the past
   */
  record Row(LaneName lane, boolean byHand, boolean running, Optional<Instant> next) {}

  /** Returns the triggers of a context: the bean's, or those that its scheduler has. */
  static TriggerTable of(CamelContext context) {
    TriggerTable stored = context.getRegistry().lookupByNameAndType(NAME, TriggerTable.class);
    return stored != null ? stored : new OfScheduler(context);
  }

  /** The triggers that the scheduler of a context has in memory; none before there is one. */
  record OfScheduler(CamelContext context) implements TriggerTable {

    /** What is read of a scheduler. */
    private interface Reading<T> {
      T of(Scheduler scheduler) throws SchedulerException;
    }

    @Override
    public List<Row> read() {
      return reading(List.of(), OfScheduler::rows);
    }

    /** Quartz gives copies of triggers, and reads the cron expression of each again. */
    @Override
    public Set<LaneName> running() {
      return reading(Set.of(), OfScheduler::running);
    }

    private <T> T reading(T none, Reading<T> reading) {
      if (!(context.hasComponent("quartz") instanceof QuartzComponent quartz)
          || quartz.getScheduler() == null) {
        return none;
      }
      try {
        return reading.of(quartz.getScheduler());
      } catch (SchedulerException e) {
        throw new IllegalStateException("the triggers cannot be read", e);
      }
    }

    private static List<Row> rows(Scheduler scheduler) throws SchedulerException {
      List<Row> rows = new ArrayList<>();
      for (JobKey job : scheduler.getJobKeys(GroupMatcher.jobGroupEquals(LaneName.GROUP))) {
        for (org.quartz.Trigger trigger : scheduler.getTriggersOfJob(job)) {
          rows.add(
              new Row(
                  LaneName.parse(job.getName()),
                  isByHand(trigger.getKey()),
                  scheduler.getTriggerState(trigger.getKey()) == TriggerState.BLOCKED,
                  Optional.ofNullable(trigger.getNextFireTime()).map(date -> date.toInstant())));
        }
      }
      return rows;
    }

    private static Set<LaneName> running(Scheduler scheduler) throws SchedulerException {
      Set<LaneName> running = new HashSet<>();
      for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
        org.quartz.Trigger byHand = isByHand(key) ? scheduler.getTrigger(key) : null;
        if (byHand != null) {
          addLane(running, byHand.getJobKey());
        }
      }
      for (JobExecutionContext firing : scheduler.getCurrentlyExecutingJobs()) {
        addLane(running, firing.getJobDetail().getKey());
      }
      return running;
    }

    private static void addLane(Set<LaneName> lanes, JobKey job) {
      if (job.getGroup().equals(LaneName.GROUP)) {
        lanes.add(LaneName.parse(job.getName()));
      }
    }

    private static boolean isByHand(TriggerKey trigger) {
      return !trigger.getGroup().equals(LaneName.GROUP);
    }
  }
}
