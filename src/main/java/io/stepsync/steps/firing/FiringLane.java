package io.stepsync.steps.firing;

import io.stepsync.run.LaneName;
import io.stepsync.store.RunKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.apache.camel.Message;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lane that a trigger fired, as a job of Quartz: whether it is to fire again while it runs, and
 * what it is fired for. Used by one thread at a time.
 */
public final class FiringLane {

  /** What the lane is fired for, in the data of a trigger; a sync where it is not there. */
  public static final String KIND = "stepsyncKind";

  /** There if nobody asked for it but the refresh's schedule. */
  public static final String ON_SCHEDULE = "stepsyncOnSchedule";

  private static final Logger LOG = LoggerFactory.getLogger(FiringLane.class);
  private static final String GROUP = "stepsync-refresh";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  /** A sync that is due fires before it. */
  private static final Duration LATER = Duration.ofSeconds(1);

  private final Scheduler scheduler;
  private final JobKey job;
  private Instant looked = Instant.MIN;

  private FiringLane(Scheduler scheduler, JobKey job) {
    this.scheduler = scheduler;
    this.job = job;
  }

  /** Returns that of a firing; null if the message is of no firing. */
  public static FiringLane of(Message firing) {
    return firing.getHeader("scheduler") instanceof Scheduler scheduler
            && firing.getHeader("jobDetail") instanceof JobDetail job
        ? new FiringLane(scheduler, job.getKey())
        : null;
  }

  /** Returns the lane's number. */
  public int lane() {
    return LaneName.parse(job.getName()).lane();
  }

  /** Returns the values with which a trigger is to be fired by someone who asks for it. */
  public static Map<String, String> data(RunKind kind) {
    return Map.of(KIND, kind.text());
  }

  /**
   * Has a lane refreshed because of the refresh's schedule; once, however many nodes ask for it.
   *
   * @param due when the schedule fired
   */
  public static void refresh(Scheduler scheduler, LaneName lane, Instant due)
      throws SchedulerException {
    fire(scheduler, lane.key(), lane + " " + due, Instant.now());
  }

  private static void fire(Scheduler scheduler, JobKey job, String name, Instant start)
      throws SchedulerException {
    try {
      scheduler.scheduleJob(
          TriggerBuilder.newTrigger()
              .withIdentity(TriggerKey.triggerKey(name, GROUP))
              .forJob(job)
              .usingJobData(
                  new JobDataMap(Map.of(KIND, RunKind.REFRESH.text(), ON_SCHEDULE, "true")))
              .startAt(Date.from(start))
              .withPriority(Trigger.DEFAULT_PRIORITY - 1)
              .build());
    } catch (ObjectAlreadyExistsException e) {
      LOG.debug("{} is to be refreshed already", job);
    }
  }

  /** Has a refresh that gave way go on after what is due. */
  public void goOn() {
    Instant start = Instant.now().plus(LATER);
    try {
      fire(scheduler, job, job.getName() + " goes on " + start, start);
    } catch (SchedulerException e) {
      LOG.warn("{}: the refresh does not go on by itself: {}", job.getName(), e.getMessage());
    }
  }

  /** Tells whether another trigger of the lane is due, and not only to refresh it. */
  public boolean isOtherDue(Instant now) {
    if (now.isBefore(looked.plus(BETWEEN_LOOKS))) {
      return false;
    }
    looked = now;
    try {
      return scheduler.getTriggersOfJob(job).stream().anyMatch(trigger -> isDue(trigger, now));
    } catch (SchedulerException e) {
      LOG.debug("{}: whether its trigger is due is looked for another time", job, e);
      return false;
    }
  }

  private static boolean isDue(Trigger trigger, Instant now) {
    Date next = trigger.getNextFireTime();
    return next != null
        && !next.toInstant().isAfter(now)
        && !RunKind.REFRESH.text().equals(trigger.getJobDataMap().get(KIND));
  }
}
