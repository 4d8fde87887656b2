package io.stepsync.cluster;

import io.stepsync.store.alive.AliveNodes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after a node's clock and triggers from when it has started, as often as a node that is dead
 * takes to be seen as such. Used as Camel does: by one thread at a time.
 */
final class NodeUpkeep extends LifecycleStrategySupport {

  private static final Logger LOG = LoggerFactory.getLogger(NodeUpkeep.class);

  private final QuartzComponent quartz;
  private final Set<String> own;
  private final AliveNodes nodes;
  private final ClockHealth clock;
  private final Duration pause;
  private Future<?> looks;

  /**
   * @param own the names of the triggers that the node's files make
   */
  NodeUpkeep(
      QuartzComponent quartz,
      NodeSettings settings,
      Set<String> own,
      AliveNodes nodes,
      DatabaseClock clock) {
    this.quartz = quartz;
    this.own = own;
    this.nodes = nodes;
    this.clock = new ClockHealth(clock);
    this.pause = settings.checkIn().plus(AliveNodes.LATE);
  }

  @Override
  public void onContextStarted(CamelContext context) {
    HealthCheckRegistry health = HealthCheckRegistry.get(context);
    if (health != null) {
      health.register(clock);
    }
    try {
      TriggerUpkeep triggers = new TriggerUpkeep(quartz.getScheduler(), own, nodes);
      looks =
          context
              .getExecutorServiceManager()
              .newSingleThreadScheduledExecutor(this, "stepsync-caretaker")
              .scheduleWithFixedDelay(
                  () -> look(triggers), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (SchedulerException e) {
      throw new IllegalStateException("the triggers of this node cannot be read", e);
    }
  }

  @Override
  public void onContextStopping(CamelContext context) {
    if (looks != null) {
      looks.cancel(false);
    }
  }

  private void look(TriggerUpkeep triggers) {
    try {
      clock.look();
      triggers.look();
    } catch (RuntimeException | SchedulerException e) {
      LOG.debug("clock and triggers are looked after another time", e);
    }
  }
}
