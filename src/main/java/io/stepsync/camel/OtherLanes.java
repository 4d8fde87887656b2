package io.stepsync.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/**
 * The lowest lane has begun to run: starts the others too, where it has cut them a moment ago, or a
 * {@link LaneStarter} waits for that.
 */
public final class OtherLanes implements Processor {

  @Override
  public void process(Exchange exchange) throws SchedulerException {
    Run run = Variables.run(exchange);
    if (run.getLane() > 0) {
      return;
    }
    CamelContext context = exchange.getContext();
    LaneStarter starter = context.getRegistry().findSingleByType(LaneStarter.class);
    if (starter != null) {
      starter.start(run, run.getLaneCount());
    } else if (run.isCut()) {
      fire(context, run);
    }
    if (run.kind() == RunKind.SYNC) {
      run.requests().memory().agreeOnLanes();
    }
  }

  private static void fire(CamelContext context, Run run) throws SchedulerException {
    Scheduler scheduler = context.getComponent("quartz", QuartzComponent.class).getScheduler();
    for (int lane = 1; scheduler != null && lane < run.getLaneCount(); lane++) {
      JobKey trigger = LaneName.of(run.getStream(), lane).key();
      if (scheduler.checkExists(trigger)) {
        scheduler.triggerJob(trigger);
      }
    }
  }
}
