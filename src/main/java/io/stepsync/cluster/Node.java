package io.stepsync.cluster;

import io.stepsync.camel.FairJobStore;
import io.stepsync.camel.TriggerTable;
import io.stepsync.steps.NodeName;
import io.stepsync.store.alive.AliveNodes;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzConstants;
import org.apache.camel.support.LifecycleStrategySupport;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.listeners.JobListenerSupport;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A Camel context as a node of the cluster of all those that share its database: its triggers are
 * kept in it, by Quartz, and each firing is one node's. What keeps a node harmless that others take
 * for dead is not this, but the version of the state that each window's transaction checks.
 */
public final class Node {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final CamelContext context;
  private final NodeSettings settings;
  private final Map<String, String> schedules;
  private final Set<String> triggers;

  /**
   * @param context not started yet
   * @param schedules of the context's streams, Quartz cron expressions
   * @param triggers the names of the triggers of all their lanes
   */
  public Node(
      CamelContext context,
      NodeSettings settings,
      Map<String, String> schedules,
      Set<String> triggers) {
    this.context = context;
    this.settings = settings;
    this.schedules = schedules;
    this.triggers = triggers;
  }

  /**
   * Has the context join the cluster as it starts; makes the tables of Quartz where they are
   * missing.
   *
   * @param quartzScript the script in Quartz's jar that makes its tables in the database
   * @param connections are part of nobody else's transaction
   */
  public void prepare(DataSource database, String quartzScript, ConnectionProvider connections) {
    QuartzTables.make(database, quartzScript);
    JdbcTemplate sql = new JdbcTemplate(database);
    DatabaseClock clock = new DatabaseClock(sql, InstantSource.system());
    clock.check();
    AliveNodes nodes = new AliveNodes(sql, settings.name());
    compare(sql, nodes.others());
    NodeName.set(context, settings.name());
    context.getRegistry().bind(TriggerTable.NAME, new StoredTriggerTable(sql));
    DBConnectionManager.getInstance().addConnectionProvider(AliveNodes.CLUSTER, connections);
    QuartzComponent quartz = context.getComponent("quartz", QuartzComponent.class);
    quartz.setPrefixInstanceName(false);
    quartz.setProperties(properties());
    quartz.addScheduleInitTask(this::listen);
    context.addLifecycleStrategy(new TakesNothingMore(quartz, settings.name()));
    context.addLifecycleStrategy(new NodeUpkeep(quartz, settings, triggers, nodes, clock));
  }

  private void compare(JdbcTemplate sql, List<String> others) {
    LOG.info(
        "node {} of a cluster, others seen a moment ago: {}",
        settings.name(),
        others.isEmpty() ? "none" : String.join(", ", others));
    new StoredTriggers(sql, others).compare(schedules);
  }

  private Properties properties() {
    String checkIn = Long.toString(settings.checkIn().toMillis());
    Properties quartz = new Properties();
    quartz.setProperty("org.quartz.scheduler.instanceName", AliveNodes.CLUSTER);
    quartz.setProperty("org.quartz.scheduler.instanceId", settings.name());
    quartz.setProperty("org.quartz.scheduler.idleWaitTime", checkIn);
    quartz.setProperty("org.quartz.threadPool.threadCount", Integer.toString(settings.threads()));
    String store = "org.quartz.jobStore.";
    quartz.setProperty(store + "class", NodeStore.class.getName());
    quartz.setProperty(store + "dataSource", AliveNodes.CLUSTER);
    quartz.setProperty(store + "driverDelegateClass", OwnLanesDelegate.class.getName());
    quartz.setProperty(store + "driverDelegateInitString", OwnLanesDelegate.initString(triggers));
    quartz.setProperty(store + "useProperties", "true");
    quartz.setProperty(store + "isClustered", "true");
    quartz.setProperty(store + "acquireTriggersWithinLock", "true");
    quartz.setProperty(store + "clusterCheckinInterval", checkIn);
    quartz.setProperty(
        store + "misfireThreshold", Long.toString(FairJobStore.NO_MISFIRE)); // see NodeStore
    return quartz;
  }

  private void listen(Scheduler scheduler) throws SchedulerException {
    scheduler.getListenerManager().addJobListener(new RunsHere(context));
  }

  /** A stored job names the context of the node that stored it; any node may run it. */
  private static final class RunsHere extends JobListenerSupport {

    private final CamelContext context;

    RunsHere(CamelContext context) {
      this.context = context;
    }

    @Override
    public String getName() {
      return "stepsync-runs-here";
    }

    @Override
    public void jobToBeExecuted(JobExecutionContext firing) {
      String name =
          firing.getMergedJobDataMap().getString(QuartzConstants.QUARTZ_CAMEL_CONTEXT_NAME);
      try {
        firing
            .getScheduler()
            .getContext()
            .put(QuartzConstants.QUARTZ_CAMEL_CONTEXT + "-" + name, context);
      } catch (SchedulerException e) {
        LOG.error("a firing cannot be carried out", e);
      }
    }
  }

  /** While its runs end, a node that is stopped would take firings and run nothing. */
  private static final class TakesNothingMore extends LifecycleStrategySupport {

    private final QuartzComponent quartz;
    private final String node;

    TakesNothingMore(QuartzComponent quartz, String node) {
      this.quartz = quartz;
      this.node = node;
    }

    @Override
    public void onContextStopping(CamelContext stopping) {
      try {
        quartz.getScheduler().standby();
        LOG.info("node {} takes nothing more, and leaves the cluster when its runs end", node);
      } catch (SchedulerException e) {
        LOG.warn("the node still takes firings while it stops: {}", e.getMessage());
      }
    }
  }
}
