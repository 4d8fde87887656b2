package io.stepsync.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.camel.FairJobStore;
import io.stepsync.camel.FiringOrderTest;
import io.stepsync.routes.PostgresServer;
import io.stepsync.routes.TestDatabase;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.TriggerBuilder;
import org.quartz.impl.jdbcjobstore.JobStoreSupport;
import org.quartz.simpl.CascadingClassLoadHelper;
import org.quartz.spi.JobStore;
import org.quartz.spi.OperableTrigger;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Two nodes' stores in one database, step by step. */
class NodeStoreTest extends FiringOrderTest {

  private final JobDetail job = JobBuilder.newJob(OneAtATime.class).withIdentity("job").build();

  @Override
  protected JobStore newStore() throws Exception {
    DBConnectionManager.getInstance()
        .addConnectionProvider("store-test", new Connections(databaseWithTables()));
    return store("one");
  }

  @Test
  void a_trigger_that_a_node_gives_back_stays_blocked_while_another_node_runs_its_job()
      throws Exception {
    JobStore one = newStore();
    JobStore two = store("two");
    one.storeJobAndTrigger(job, trigger("first"));
    one.storeTrigger(trigger("second"), false);
    OperableTrigger taken = due(one).get(0);
    OperableTrigger late = due(two).get(0);

    assertThat(isFired(one, taken)).isTrue();
    assertThat(isFired(two, late)).isFalse();
    two.releaseAcquiredTrigger(late);

    assertThat(due(two)).isEmpty();
    one.triggeredJobComplete(taken, job, CompletedExecutionInstruction.NOOP);
    assertThat(due(two)).extracting(Trigger::getKey).containsExactly(late.getKey());
  }

  private static TestDatabase databaseWithTables() throws Exception {
    TestDatabase database = PostgresServer.newDatabase();
    try (InputStream script = JobStoreSupport.class.getResourceAsStream("tables_postgres.sql");
        Connection connection = database.connect()) {
      connection.setAutoCommit(false); // the script commits
      connection.createStatement().execute(new String(script.readAllBytes(), UTF_8));
    }
    return database;
  }

  private static JobStore store(String node) throws Exception {
    NodeStore store = new NodeStore();
    store.setInstanceName("cluster");
    store.setInstanceId(node);
    store.setDataSource("store-test");
    store.setIsClustered(true);
    store.setAcquireTriggersWithinLock(true);
    store.setDriverDelegateClass(OwnLanesDelegate.class.getName());
    store.setDriverDelegateInitString(OwnLanesDelegate.initString(Set.of()));
    store.setMisfireThreshold(FairJobStore.NO_MISFIRE);
    CascadingClassLoadHelper classes = new CascadingClassLoadHelper();
    classes.initialize();
    store.initialize(classes, new Silent());
    return store;
  }

  private OperableTrigger trigger(String name) {
    OperableTrigger trigger =
        (OperableTrigger)
            TriggerBuilder.newTrigger()
                .withIdentity(name)
                .forJob(job)
                .withSchedule(SimpleScheduleBuilder.repeatHourlyForever())
                .build();
    trigger.computeFirstFireTime(null);
    return trigger;
  }

  private static List<OperableTrigger> due(JobStore store) throws Exception {
    return store.acquireNextTriggers(System.currentTimeMillis() + 1000, 1, 0);
  }

  private static boolean isFired(JobStore store, OperableTrigger trigger) throws Exception {
    return store.triggersFired(List.of(trigger)).stream()
        .anyMatch(result -> result.getTriggerFiredBundle() != null);
  }

  private record Connections(TestDatabase database) implements ConnectionProvider {

    @Override
    public Connection getConnection() throws SQLException {
      return database.connect();
    }

    @Override
    public void initialize() {}

    @Override
    public void shutdown() {}
  }
}
