package io.stepsync.steps.firing;

import io.stepsync.run.LaneName;
import io.stepsync.run.StreamMemory;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Trigger;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.TriggerKey;
import org.quartz.listeners.TriggerListenerSupport;

/**
 * Knows which firings of streams' triggers go on, and lets none begin whose stream is being edited
 * or whose route is gone: Quartz may have taken one a moment before, for which Camel would make the
 * endpoint again, and with it the trigger. Thread-safe.
 */
public final class Firings extends TriggerListenerSupport {

  private static final String NAME = "stepsyncFirings";

  private final CamelContext context;
  private final Map<String, String> streams = new HashMap<>();

  private Firings(CamelContext context) {
    this.context = context;
  }

  /** Has the firings in {@code context} looked after; before it starts. */
  public static void lookAfter(CamelContext context) {
    Firings firings = new Firings(context);
    context.getRegistry().bind(NAME, firings);
    context
        .getComponent("quartz", QuartzComponent.class)
        .addScheduleInitTask(
            scheduler -> scheduler.getListenerManager().addTriggerListener(firings));
  }

  /** Tells whether a firing of one of these streams goes on, where firings are looked after. */
  public static boolean isAnyOf(Collection<String> streams, CamelContext context) {
    Firings firings = context.getRegistry().lookupByNameAndType(NAME, Firings.class);
    return firings != null && firings.isAnyOf(streams);
  }

  private synchronized boolean isAnyOf(Collection<String> some) {
    return streams.values().stream().anyMatch(some::contains);
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public synchronized boolean vetoJobExecution(Trigger trigger, JobExecutionContext firing) {
    JobKey lane = trigger.getJobKey();
    if (!lane.getGroup().equals(LaneName.GROUP)) {
      return false;
    }
    String stream = LaneName.stream(lane.getName());
    if (StreamMemory.of(context, stream).isClosed() || !hasRoute(lane)) {
      return true;
    }
    streams.put(firing.getFireInstanceId(), stream);
    return false;
  }

  private boolean hasRoute(JobKey lane) {
    TriggerKey key = TriggerKey.triggerKey(lane.getName(), lane.getGroup());
    return context.getRoutes().stream()
        .anyMatch(
            route ->
                route.getEndpoint() instanceof QuartzEndpoint endpoint
                    && endpoint.getTriggerKey().equals(key));
  }

  @Override
  public synchronized void triggerComplete(
      Trigger trigger, JobExecutionContext firing, CompletedExecutionInstruction unused) {
    streams.remove(firing.getFireInstanceId());
  }
}
