package io.stepsync.camel;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.JobPersistenceException;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerKey;
import org.quartz.simpl.RAMJobStore;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.TriggerFiredResult;

/**
 * Quartz's store in memory, in which the trigger that has waited longest for a thread fires next.
 * Quartz's own forgets since when a trigger waits once it is late, and then goes by names. Firings
 * that are missed are made up for with one; a trigger whose job runs waits from its end on.
 *
 * <p>Made by Quartz, by the name of this class, {@code org.quartz.jobStore.class}; thread-safe.
 */
public final class FairJobStore extends RAMJobStore {

  /** In milliseconds: a century, so that no trigger is ever taken for misfired. */
  public static final long NO_MISFIRE = 100L * 365 * 24 * 60 * 60 * 1000;

  public FairJobStore() {
    misfireThreshold = NO_MISFIRE;
  }

  /**
   * Has the triggers of {@code context}, which is not started, fire in this order; properties of
   * Quartz that were set before stay as they are.
   *
   * @param threads so many firings go on at once
   */
  public static void use(CamelContext context, int threads) {
    QuartzComponent quartz = context.getComponent("quartz", QuartzComponent.class);
    if (quartz.getProperties() != null
        || quartz.getPropertiesRef() != null
        || quartz.getPropertiesFile() != null) {
      return;
    }
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", "DefaultQuartzScheduler");
    properties.setProperty("org.quartz.threadPool.threadCount", Integer.toString(threads));
    properties.setProperty("org.quartz.jobStore.class", FairJobStore.class.getName());
    quartz.setProperties(properties);
  }

  /** Returns when a trigger that fires now is to fire next; null where that is as it has it. */
  public static Date afterMissed(OperableTrigger trigger, Instant now) {
    return isDue(trigger, now) ? trigger.getFireTimeAfter(Date.from(now)) : null;
  }

  /** Tells whether a trigger should have fired before {@code now}. */
  public static boolean isDue(OperableTrigger trigger, Instant now) {
    Date next = trigger.getNextFireTime();
    return next != null && next.toInstant().isBefore(now);
  }

  @Override
  public List<TriggerFiredResult> triggersFired(List<OperableTrigger> firedTriggers) {
    synchronized (lock) {
      List<TriggerFiredResult> results = super.triggersFired(firedTriggers);
      for (TriggerFiredResult result : results) {
        if (result.getTriggerFiredBundle() != null) {
          TriggerKey key = result.getTriggerFiredBundle().getTrigger().getKey();
          OperableTrigger trigger = retrieveTrigger(key);
          if (trigger != null) {
            move(trigger, afterMissed(trigger, Instant.now()));
          }
        }
      }
      return results;
    }
  }

  @Override
  public void triggeredJobComplete(
      OperableTrigger trigger, JobDetail jobDetail, CompletedExecutionInstruction triggerInstCode) {
    synchronized (lock) {
      super.triggeredJobComplete(trigger, jobDetail, triggerInstCode);
      waitFromNowOn(jobDetail.getKey());
    }
  }

  private void waitFromNowOn(JobKey job) {
    Instant now = Instant.now();
    for (OperableTrigger trigger : getTriggersForJob(job)) {
      if (isDue(trigger, now)) {
        move(trigger, Date.from(now));
      }
    }
  }

  /** Has a trigger that is not suspended fire at another time; not where that is null. */
  private void move(OperableTrigger trigger, Date next) {
    try {
      TriggerState state = getTriggerState(trigger.getKey());
      if (next != null && (state == TriggerState.NORMAL || state == TriggerState.BLOCKED)) {
        trigger.setNextFireTime(next);
        storeTrigger(trigger, true);
      }
    } catch (JobPersistenceException e) {
      throw new IllegalStateException("trigger " + trigger.getKey() + " cannot be moved", e);
    }
  }
}
