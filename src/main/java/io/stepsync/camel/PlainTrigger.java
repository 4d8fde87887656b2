package io.stepsync.camel;

import io.stepsync.SettingException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.model.PropertyDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.language.ConstantExpression;
import org.apache.camel.util.URISupport;

/**
 * A trigger without the template, as a visual editor shows it: a route from {@code
 * quartz:stepsync/user/0} that sets the variable {@code stream} and goes to {@code
 * direct:stepsync-scheduled-run}.
 *
 * @param stream the stream's name
 * @param schedule when it runs, a Quartz cron expression
 */
record PlainTrigger(String stream, String schedule) {

  /** Where such a route leads. */
  static final String TO = "direct:stepsync-scheduled-run";

  /** Where one would that knows neither pauses nor lanes. */
  private static final String ONE_RUN = "direct:stepsync-run";

  private static final String QUARTZ = "quartz:";
  private static final String VARIABLE = "stream";
  private static final String CRON = "cron";

  /** What keeps a trigger from firing twice at the same time, or from being forgotten. */
  private static final Map<String, String> OPTIONS =
      new TreeMap<>(
          Map.of("stateful", "true", "recoverableJob", "true", "trigger.misfireInstruction", "1"));

  /** The keys of what is kept of a route that does not come from quartz any more. */
  private static final String KEPT_STREAM = "stepsync.stream";

  private static final String KEPT_SCHEDULE = "stepsync.schedule";

  /** Returns where a stream's route must come from. */
  static String from(String stream) {
    return QUARTZ + "stepsync/" + stream + "/0";
  }

  /** Tells whether a route that is not made from a template is one, right or wrong. */
  static boolean is(CamelContext context, RouteDefinition route) {
    return kept(route, KEPT_STREAM) != null
        || (uri(context, route).startsWith(QUARTZ)
            && (leadsTo(context, route, TO) || leadsTo(context, route, ONE_RUN)));
  }

  /** Returns the name that its stream has, if it is as it must be; null else. */
  static String stream(CamelContext context, RouteDefinition route) {
    try {
      return of(context, route).stream();
    } catch (SettingException e) {
      return null;
    }
  }

  /**
   * Reads one.
   *
   * @throws SettingException naming file, line, rule and value
   */
  static PlainTrigger of(CamelContext context, RouteDefinition route) {
    if (kept(route, KEPT_STREAM) != null) {
      return new PlainTrigger(kept(route, KEPT_STREAM), kept(route, KEPT_SCHEDULE));
    }
    String place = place(route, route.getInput().getLineNumber());
    if (!leadsTo(context, route, TO)) {
      throw new SettingException(
          "%sa stream's route must go to %s, which knows pauses, refreshes and lanes, was %s"
              .formatted(place, TO, ONE_RUN));
    }
    String stream = variable(context, route, place);
    String uri = resolved(context, route.getInput().getEndpointUri(), place);
    String path = uri.split("\\?", 2)[0].replaceFirst("^quartz:(//)?", QUARTZ);
    if (!path.equals(from(stream))) {
      throw new SettingException(
          "%sthe route of stream %s must be from %s, was %s"
              .formatted(place, stream, from(stream), path));
    }
    Map<String, Object> options = options(uri, place);
    require(options, stream, place);
    return new PlainTrigger(stream, String.valueOf(options.get(CRON)).replace('+', ' '));
  }

  private static String variable(CamelContext context, RouteDefinition route, String place) {
    List<SetVariableDefinition> set =
        route.getOutputs().stream()
            .takeWhile(node -> !(node instanceof ToDefinition to && leadsTo(context, to, TO)))
            .filter(SetVariableDefinition.class::isInstance)
            .map(SetVariableDefinition.class::cast)
            .filter(node -> VARIABLE.equals(node.getName()))
            .toList();
    if (set.size() != 1) {
      throw new SettingException(
          "%sa stream's route must set the variable stream once before it goes to %s, was %s"
              .formatted(place, TO, set.isEmpty() ? "not set" : "set " + set.size() + " times"));
    }
    SetVariableDefinition only = set.get(0);
    if (!(only.getExpression() instanceof ConstantExpression constant)) {
      throw new SettingException(
          place(route, only.getLineNumber())
              + "the variable stream must be a constant, the name of a stream, was "
              + only.getExpression().getLanguage()
              + ": "
              + only.getExpression().getExpression());
    }
    return resolved(context, constant.getExpression(), place(route, only.getLineNumber())).strip();
  }

  private static Map<String, Object> options(String uri, String place) {
    try {
      return uri.contains("?")
          ? URISupport.parseQuery(uri.substring(uri.indexOf('?') + 1))
          : Map.of();
    } catch (URISyntaxException e) {
      throw new SettingException(place + "the options of quartz must be a query, was " + uri, e);
    }
  }

  private static void require(Map<String, Object> options, String stream, String place) {
    Set<String> known = new TreeSet<>(OPTIONS.keySet());
    known.add(CRON);
    for (String option : new TreeSet<>(options.keySet())) {
      if (!known.contains(option)) {
        throw new SettingException(
            "%sthe parameters of a stream's quartz are %s, was %s%s"
                .formatted(place, known, option, Suggestion.of(option, known)));
      }
    }
    if (options.get(CRON) == null) {
      throw new SettingException(
          place + "stream " + stream + ": cron must be set, a Quartz cron expression");
    }
    OPTIONS.forEach(
        (option, value) -> {
          Object given = options.get(option);
          if (!value.equals(String.valueOf(given))) {
            throw new SettingException(
                "%sstream %s: %s of quartz must be %s, was %s"
                    .formatted(place, stream, option, value, given == null ? "not set" : given));
          }
        });
  }

  /** Keeps what a route is, which is to come from elsewhere; any other is left alone. */
  static void keep(CamelContext context, RouteDefinition route) {
    if (!route.isCreatedFromTemplate()) {
      PlainTrigger trigger = of(context, route);
      route.routeProperty(KEPT_STREAM, trigger.stream());
      route.routeProperty(KEPT_SCHEDULE, trigger.schedule());
    }
  }

  private static String kept(RouteDefinition route, String key) {
    return route.getRouteProperties() == null
        ? null
        : route.getRouteProperties().stream()
            .filter(property -> key.equals(property.getKey()))
            .map(PropertyDefinition::getValue)
            .findFirst()
            .orElse(null);
  }

  private static boolean leadsTo(CamelContext context, RouteDefinition route, String uri) {
    return route.getOutputs().stream()
        .anyMatch(node -> node instanceof ToDefinition to && leadsTo(context, to, uri));
  }

  private static boolean leadsTo(CamelContext context, ToDefinition to, String uri) {
    return to.getEndpointUri() != null
        && uri.equals(resolved(context, to.getEndpointUri()).replaceFirst("://", ":"));
  }

  private static String uri(CamelContext context, RouteDefinition route) {
    String uri = route.getInput() == null ? null : route.getInput().getEndpointUri();
    return uri == null ? "" : resolved(context, uri);
  }

  private static String resolved(CamelContext context, String text, String place) {
    try {
      return context.resolvePropertyPlaceholders(text);
    } catch (IllegalArgumentException e) {
      throw new SettingException(place + "each key must be set that is in " + text, e);
    }
  }

  /** A placeholder that is missing in a route of others is told by Camel. */
  private static String resolved(CamelContext context, String text) {
    try {
      return context.resolvePropertyPlaceholders(text);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String place(RouteDefinition route, int line) {
    return route.getResource() == null
        ? "route " + route.getRouteId() + ": "
        : "%s:%d: "
            .formatted(
                route.getResource().getLocation().replaceFirst("^file:", ""), Math.max(1, line));
  }
}
