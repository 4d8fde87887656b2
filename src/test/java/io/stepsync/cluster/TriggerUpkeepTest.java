package io.stepsync.cluster;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quartz.CronScheduleBuilder.cronSchedule;

import io.stepsync.run.LaneName;
import io.stepsync.store.alive.AliveNodes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What happens to triggers in the store that this node, or another, has no file for. */
class TriggerUpkeepTest {

  private static final Set<String> OWN = Set.of("user/0", "user/1");
  private static final Duration CHECK_IN = Duration.ofSeconds(2);

  private final JdbcTemplate sql =
      new JdbcTemplate(
          new DriverManagerDataSource("jdbc:hsqldb:mem:triggers;sql.syntax_pgs=true", "SA", ""));
  private final DatabaseClock clock = new DatabaseClock(sql, InstantSource.system());
  private Scheduler scheduler;

  @BeforeEach
  void open() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", "trigger-care");
    properties.setProperty("org.quartz.threadPool.threadCount", "1");
    scheduler = new StdSchedulerFactory(properties).getScheduler();
    sql.execute(
        "CREATE TABLE QRTZ_SCHEDULER_STATE (SCHED_NAME VARCHAR(120), INSTANCE_NAME VARCHAR(200),"
            + " LAST_CHECKIN_TIME BIGINT, CHECKIN_INTERVAL BIGINT)");
    checkIn("own-1", Duration.ZERO);
    for (String name : Set.of("user", "user/0", "user/1", "user/2", "order")) {
      store(name, LaneName.GROUP);
    }
    store("other", "of-an-application");
  }

  @AfterEach
  void close() throws SchedulerException {
    scheduler.shutdown();
    sql.execute("DROP TABLE QRTZ_SCHEDULER_STATE");
  }

  /** Does nothing. */
  public static final class Nothing implements Job {
    @Override
    public void execute(JobExecutionContext firing) {}
  }

  private void store(String name, String group) throws SchedulerException {
    scheduler.scheduleJob(
        JobBuilder.newJob(Nothing.class).withIdentity(name, group).build(),
        TriggerBuilder.newTrigger()
            .withIdentity(name, group)
            .withSchedule(cronSchedule("0 0 0 1 1 ? 2098"))
            .build());
  }

  private void checkIn(String node, Duration ago) {
    sql.update("DELETE FROM QRTZ_SCHEDULER_STATE WHERE INSTANCE_NAME = ?", node);
    sql.update(
        "INSERT INTO QRTZ_SCHEDULER_STATE VALUES ('stepsync', ?, ?, ?)",
        node,
        clock.now().minus(ago).toEpochMilli(),
        CHECK_IN.toMillis());
  }

  private TriggerUpkeep care() throws SchedulerException {
    return new TriggerUpkeep(scheduler, OWN, new AliveNodes(sql, "own-1"));
  }

  private Set<String> stored() throws SchedulerException {
    return scheduler.getJobKeys(GroupMatcher.jobGroupEquals(LaneName.GROUP)).stream()
        .map(JobKey::getName)
        .collect(toSet());
  }

  @Test
  void what_no_file_makes_any_more_is_deleted_by_a_node_that_stays_alone() throws Exception {
    checkIn("dead-2", Duration.ofMinutes(1));
    TriggerUpkeep care = care();

    care.look();
    assertThat(stored()).hasSize(5);
    care.look();

    assertThat(stored()).containsExactlyInAnyOrderElementsOf(OWN);
    assertThat(scheduler.checkExists(JobKey.jobKey("other", "of-an-application"))).isTrue();
  }

  @Test
  void nothing_is_deleted_that_another_node_may_have_a_file_of() throws Exception {
    TriggerUpkeep care = care();
    care.look();

    checkIn("late-2", CHECK_IN.plusSeconds(8)); // its clock may be behind
    care.look();
    checkIn("late-2", Duration.ofMinutes(1));
    care.look();
    store("fresh", LaneName.GROUP); // by a node that has not checked in yet
    care.look();

    assertThat(stored()).containsExactlyInAnyOrder("user/0", "user/1", "fresh");
  }

  @Test
  void a_node_that_stood_still_puts_back_what_was_deleted_meanwhile() throws Exception {
    TriggerUpkeep care = care();
    scheduler.deleteJob(JobKey.jobKey("user/1", LaneName.GROUP));
    checkIn("alive-2", Duration.ZERO);

    care.look();

    assertThat(stored()).containsAll(OWN);
    assertThat(
            scheduler.getTrigger(TriggerKey.triggerKey("user/1", LaneName.GROUP)).getNextFireTime())
        .isNotNull();
  }
}
