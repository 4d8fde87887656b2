package io.stepsync.camel;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.stepsync.SettingException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.util.StringHelper;

/**
 * A route that runs a stream on its schedule: made from the template step-size-sync, by the Kamelet
 * stepsync-source, or a {@link PlainTrigger}.
 *
 * @param routeId the route's ID
 * @param stream the stream's name
 * @param schedule when it runs
 * @param given the parameters that the route was made with
 * @param known those that there are
 * @param rule which ones they are, for messages
 */
public record Trigger(
    String routeId,
    String stream,
    String schedule,
    Set<String> given,
    Set<String> known,
    String rule) {

  private static final String LANE = "lane";
  private static final String KAMELET = "stepsync-source";
  private static final Set<String> TEMPLATE = Set.of("stream", "schedule", LANE);

  /** What Camel gives to the route of a Kamelet besides its parameters. */
  private static final Set<String> CAMELS_OWN =
      Set.of(
          "templateId",
          "routeId",
          "uuid",
          "noErrorHandler",
          "bridgeErrorHandler",
          "parentRouteId",
          "parentProcessorId");

  /** Returns the schedules of the triggers, Quartz cron expressions, by their streams. */
  public static Map<String, String> schedules(CamelContext context) {
    return of(context).stream().collect(toMap(Trigger::stream, Trigger::schedule));
  }

  /**
   * Returns the triggers of a context whose routes are loaded, of lowest lanes only.
   *
   * @throws SettingException if a plain route is not as a trigger must be
   */
  static List<Trigger> of(CamelContext context) {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    return model.getRouteDefinitions().stream()
        .filter(route -> isTrigger(context, route))
        .filter(Trigger::isOfLowestLane)
        .map(route -> of(context, model, route))
        .toList();
  }

  /** Returns the routes that are triggers of these streams, those of all lanes. */
  public static List<RouteDefinition> routes(CamelContext context, Collection<String> streams) {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    return model.getRouteDefinitions().stream()
        .filter(route -> isTrigger(context, route))
        .filter(route -> streams.contains(stream(context, route)))
        .toList();
  }

  /** Takes out the triggers that have not started, in a context that runs: they were refused. */
  static void removeUnstarted(CamelContext context) {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    for (RouteDefinition route : List.copyOf(model.getRouteDefinitions())) {
      ServiceStatus status = context.getRouteController().getRouteStatus(route.getRouteId());
      if (!isKamelet(route)
          && isTrigger(context, route)
          && (status == null || !status.isStarted())) {
        try {
          model.removeRouteDefinition(route);
        } catch (Exception e) {
          throw new IllegalStateException(
              "route " + route.getRouteId() + " cannot be removed, which was refused", e);
        }
      }
    }
  }

  private static boolean isTrigger(CamelContext context, RouteDefinition route) {
    if (!route.isCreatedFromTemplate()) {
      return PlainTrigger.is(context, route);
    }
    Map<String, Object> parameters = route.getTemplateParameters();
    return isKamelet(route)
        ? KAMELET.equals(parameters.get("templateId"))
        : parameters.containsKey("schedule");
  }

  private static String stream(CamelContext context, RouteDefinition route) {
    return route.isCreatedFromTemplate()
        ? resolved(context, route.getTemplateParameters().get("stream"))
        : PlainTrigger.stream(context, route);
  }

  private static boolean isOfLowestLane(RouteDefinition route) {
    return !route.isCreatedFromTemplate()
        || String.valueOf(route.getTemplateParameters().getOrDefault(LANE, "0")).equals("0");
  }

  /** Tells whether its stream may have lanes, of which the template makes the others' triggers. */
  boolean mayHaveLanes() {
    return known.equals(TEMPLATE);
  }

  private static boolean isKamelet(RouteDefinition route) {
    return Boolean.TRUE.equals(route.isKamelet());
  }

  private static Trigger of(CamelContext context, Model model, RouteDefinition route) {
    if (!route.isCreatedFromTemplate()) {
      PlainTrigger plain = PlainTrigger.of(context, route);
      return new Trigger(
          route.getRouteId(), plain.stream(), plain.schedule(), TEMPLATE, TEMPLATE, "");
    }
    Map<String, Object> parameters = route.getTemplateParameters();
    return new Trigger(
        route.getRouteId(),
        resolved(context, parameters.get("stream")),
        resolved(context, parameters.get("schedule")),
        parameters.keySet().stream().map(StringHelper::dashToCamelCase).collect(toSet()),
        isKamelet(route) ? kameletParameters(model) : TEMPLATE,
        "the parameters are " + (isKamelet(route) ? "those of " + KAMELET : "stream and schedule"));
  }

  private static Set<String> kameletParameters(Model model) {
    Set<String> known = new HashSet<>(CAMELS_OWN);
    for (RouteTemplateParameterDefinition parameter :
        model.getRouteTemplateDefinition(KAMELET).getTemplateParameters()) {
      known.add(parameter.getName());
    }
    return known;
  }

  private static String resolved(CamelContext context, Object parameter) {
    return context.resolvePropertyPlaceholders(String.valueOf(parameter));
  }

  /** Returns a parameter that the template does not have, where there is one. */
  Optional<String> unknownParameter() {
    return given.stream().filter(name -> !known.contains(name)).sorted().findFirst();
  }
}
