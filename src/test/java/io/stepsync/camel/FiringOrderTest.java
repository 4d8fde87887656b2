package io.stepsync.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.CronScheduleBuilder;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.spi.JobStore;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.SchedulerSignaler;

/** The order in which triggers that wait for a thread are fired, in a store that is empty. */
public abstract class FiringOrderTest {

  private JobStore store;

  /** Returns a store that nothing else uses. */
  protected abstract JobStore newStore() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = newStore();
  }

  /** Each two seconds. */
  private void waiting(String name, Duration since) throws Exception {
    JobDetail job = JobBuilder.newJob(OneAtATime.class).withIdentity(name).build();
    OperableTrigger trigger =
        (OperableTrigger)
            TriggerBuilder.newTrigger()
                .withIdentity(name)
                .forJob(job)
                .withSchedule(
                    CronScheduleBuilder.cronSchedule("0/2 * * * * ?")
                        .withMisfireHandlingInstructionFireAndProceed())
                .build();
    trigger.computeFirstFireTime(null);
    trigger.setNextFireTime(Date.from(Instant.now().minus(since)));
    store.storeJobAndTrigger(job, trigger);
  }

  private OperableTrigger next() throws Exception {
    return store.acquireNextTriggers(System.currentTimeMillis(), 1, 0).get(0);
  }

  private String fireNext() throws Exception {
    OperableTrigger trigger = next();
    store.triggersFired(List.of(trigger));
    return trigger.getKey().getName();
  }

  private Instant due(String name) throws Exception {
    return store.retrieveTrigger(TriggerKey.triggerKey(name)).getNextFireTime().toInstant();
  }

  @Test
  void the_trigger_that_has_waited_longest_fires_next_whatever_its_name() throws Exception {
    waiting("a", Duration.ofSeconds(10));
    waiting("b", Duration.ofMinutes(30));
    waiting("c", Duration.ofSeconds(1));
    waiting("d", Duration.ofMinutes(31));

    assertThat(List.of(fireNext(), fireNext(), fireNext(), fireNext()))
        .containsExactly("d", "b", "a", "c");
  }

  @Test
  void firings_that_were_missed_are_made_up_for_with_one() throws Exception {
    waiting("a", Duration.ofDays(1));
    Instant before = Instant.now();

    fireNext();

    assertThat(due("a")).isAfter(before);
  }

  @Test
  void a_trigger_waits_from_the_end_of_its_run_on_not_from_before_it() throws Exception {
    waiting("a", Duration.ofMinutes(2));
    waiting("b", Duration.ofMinutes(1));
    OperableTrigger fired = next();
    store.triggersFired(List.of(fired));
    OperableTrigger longRun = store.retrieveTrigger(fired.getKey());
    longRun.setNextFireTime(Date.from(Instant.now().minus(Duration.ofHours(1))));
    longRun.setFireInstanceId(fired.getFireInstanceId());
    store.replaceTrigger(longRun.getKey(), longRun);

    store.triggeredJobComplete(
        longRun, store.retrieveJob(longRun.getJobKey()), CompletedExecutionInstruction.NOOP);

    assertThat(List.of(fireNext(), fireNext())).containsExactly("b", "a");
  }

  /** A job that does not run twice at once. */
  @DisallowConcurrentExecution
  public static final class OneAtATime implements Job {

    @Override
    public void execute(JobExecutionContext context) {}
  }

  /** Nobody waits for what a store has to say. */
  public static final class Silent implements SchedulerSignaler {

    @Override
    public void notifyTriggerListenersMisfired(Trigger trigger) {}

    @Override
    public void notifySchedulerListenersFinalized(Trigger trigger) {}

    @Override
    public void notifySchedulerListenersJobDeleted(JobKey jobKey) {}

    @Override
    public void signalSchedulingChange(long candidateNewNextFireTime) {}

    @Override
    public void notifySchedulerListenersError(String text, SchedulerException error) {}
  }
}
