package io.stepsync.camel;

import static java.util.stream.Collectors.toSet;

import io.stepsync.Stream;
import io.stepsync.run.LaneName;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Gives each lane of a stream the trigger that the stream's own route gives the lowest, before the
 * routes of a context are made.
 */
public final class LaneTriggers extends LifecycleStrategySupport {

  static final String TEMPLATE = "step-size-sync";

  @Override
  public void onContextInitializing(CamelContext context) throws VetoCamelContextStartException {
    add(context);
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    for (Trigger trigger : Trigger.of(context)) {
      if (SilentSchedules.isSilent(trigger.schedule())) {
        // Quartz refuses to schedule it, which would end the start of all
        RouteDefinition route = model.getRouteDefinition(trigger.routeId());
        PlainTrigger.keep(context, route);
        route.setInput(null);
        route.setInput(new FromDefinition("direct:stepsync-silent-" + trigger.routeId()));
      }
    }
  }

  /** Adds those that are missing; where {@code context} runs, they start at once. */
  public static void add(CamelContext context) {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    for (Trigger trigger : Trigger.of(context)) {
      int lanes = SilentSchedules.isSilent(trigger.schedule()) ? 1 : lanes(context, trigger);
      for (int lane = 1; lane < lanes; lane++) {
        String routeId = trigger.routeId() + "-lane-" + lane;
        if (model.getRouteDefinition(routeId) == null) {
          add(model, routeId, trigger, lane);
        }
      }
    }
  }

  /** Returns the names in Quartz of the triggers of all lanes, added or not. */
  public static Set<String> names(CamelContext context) {
    return Trigger.of(context).stream()
        .flatMap(
            trigger ->
                IntStream.range(0, lanes(context, trigger))
                    .mapToObj(lane -> LaneName.of(trigger.stream(), lane).toString()))
        .collect(toSet());
  }

  private static int lanes(CamelContext context, Trigger trigger) {
    Stream stream = context.getRegistry().lookupByNameAndType(trigger.stream(), Stream.class);
    return stream == null || !trigger.mayHaveLanes() ? 1 : stream.checked(trigger.stream()).lanes();
  }

  private static void add(Model model, String routeId, Trigger trigger, int lane) {
    Map<String, Object> parameters =
        Map.of("stream", trigger.stream(), "schedule", trigger.schedule(), "lane", lane);
    try {
      model.addRouteFromTemplate(routeId, TEMPLATE, parameters);
    } catch (Exception e) {
      throw new IllegalStateException("route " + routeId + " cannot be made", e);
    }
  }
}
