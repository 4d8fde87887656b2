package io.stepsync.camel;

import io.stepsync.run.LaneName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger.TriggerState;
import org.quartz.impl.matchers.GroupMatcher;

/** Reads all triggers of streams at once, those of lanes and those by hand. Thread-safe. */
public interface TriggerTable {

  /** The name of the bean, where there is another than that of the scheduler in memory. */
  String NAME = "stepsyncTriggers";

  List<Row> read();

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
    return stored != null ? stored : () -> ofScheduler(context);
  }

  private static List<Row> ofScheduler(CamelContext context) {
    List<Row> rows = new ArrayList<>();
    if (!(context.hasComponent("quartz") instanceof QuartzComponent quartz)
        || quartz.getScheduler() == null) {
      return rows;
    }
    Scheduler scheduler = quartz.getScheduler();
    try {
      for (JobKey job : scheduler.getJobKeys(GroupMatcher.jobGroupEquals(LaneName.GROUP))) {
        for (org.quartz.Trigger trigger : scheduler.getTriggersOfJob(job)) {
          rows.add(
              new Row(
                  LaneName.parse(job.getName()),
                  !trigger.getKey().getGroup().equals(LaneName.GROUP),
                  scheduler.getTriggerState(trigger.getKey()) == TriggerState.BLOCKED,
                  Optional.ofNullable(trigger.getNextFireTime()).map(date -> date.toInstant())));
        }
      }
      return rows;
    } catch (SchedulerException e) {
      throw new IllegalStateException("the triggers cannot be read", e);
    }
  }
}
