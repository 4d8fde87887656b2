package io.stepsync.main.check;

import io.stepsync.SettingException;
import io.stepsync.camel.Components;
import io.stepsync.camel.CronText;
import io.stepsync.camel.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.apache.camel.util.TimeUtils;
import org.apache.camel.util.URISupport;
import org.quartz.CronExpression;

/** Refuses an endpoint that Camel could not make, as far as its catalog tells. */
final class EndpointCheck {

  private static final String DIRECT = "direct:";

  private final CamelContext context;
  private final RuntimeCamelCatalog catalog;
  private final Set<String> directs;

  /**
   * @param directs the {@code direct:} endpoints that a route takes from
   */
  EndpointCheck(CamelContext context, Set<String> directs) {
    this.context = context;
    this.directs = directs;
    this.catalog = catalog(context);
  }

  /**
   * Returns null where its jar is not there: the distribution has it, a dialect's tests need not.
   */
  private static RuntimeCamelCatalog catalog(CamelContext context) {
    try {
      return context.getCamelContextExtension().getContextPlugin(RuntimeCamelCatalog.class);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * @param uri with its placeholders filled
   * @param producer whether exchanges are sent to it
   * @throws SettingException naming the place, the rule and the value
   */
  void check(String place, String uri, boolean producer) {
    String scheme = uri.split(":", 2)[0];
    if (!uri.contains(":") || scheme.contains("$")) {
      if (uri.contains("$")) {
        return;
      }
      throw new SettingException(place + ": an endpoint must be scheme:path, was " + shown(uri));
    }
    Components.require(context, place + ":", scheme);
    Map<String, String> options = options(uri);
    requireKnown(place, scheme, options);
    requireTypes(place, scheme, uri, options);
    requireFile(place, scheme, uri);
    requireCron(place, uri, options);
    requireRoute(place, uri, producer);
  }

  private void requireRoute(String place, String uri, boolean producer) {
    boolean waits = !uri.contains("failIfNoConsumers=false") && !uri.contains("block=false");
    if (uri.contains("$")) {
      return;
    }
    if (producer && uri.startsWith(DIRECT) && waits && !directs.contains(Components.plain(uri))) {
      throw new SettingException(
          "%s: there is no route from %s%s"
              .formatted(
                  place, Components.plain(uri), Suggestion.of(Components.plain(uri), directs)));
    }
  }

  private void requireKnown(String place, String scheme, Map<String, String> options) {
    EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory(scheme);
    if (factory == null || factory.isLenientProperties()) {
      return;
    }
    for (String option : options.keySet()) {
      boolean known =
          factory.propertyNames().contains(option)
              || factory.multiValuePrefixes().values().stream().anyMatch(option::startsWith);
      if (!known) {
        throw new SettingException(
            "%s: there is no option %s of %s%s"
                .formatted(place, option, scheme, Suggestion.of(option, factory.propertyNames())));
      }
    }
  }

  /** What is filled in at run time is left to it. */
  private void requireTypes(String place, String scheme, String uri, Map<String, String> options) {
    if (options.isEmpty() || catalog == null || catalog.componentJSonSchema(scheme) == null) {
      return;
    }
    Map<String, String> fixed = new TreeMap<>(options);
    fixed.values().removeIf(value -> value.matches("(?s)|.*(\\$|\\{\\{|#|RAW[({]).*"));
    EndpointValidationResult result = catalog.validateProperties(scheme, fixed);
    refuse(place, scheme, result.getInvalidBoolean(), "true or false");
    if (!isMade(uri)) {
      refuse(place, scheme, result.getInvalidInteger(), "a whole number");
      refuse(place, scheme, result.getInvalidNumber(), "a number");
    }
    refuse(place, scheme, withoutDigits(result.getInvalidInteger()), "a whole number");
    refuse(place, scheme, withoutDigits(result.getInvalidNumber()), "a number");
    refuse(place, scheme, result.getInvalidDuration(), "a duration such as 30s");
    if (result.getInvalidEnum() != null) {
      result
          .getInvalidEnum()
          .forEach(
              (option, value) -> {
                List<String> choices = result.getEnumChoices(option);
                throw wrong(
                    place,
                    scheme,
                    option,
                    "one of " + String.join(", ", choices),
                    value + Suggestion.of(value, choices));
              });
    }
    BaseOptions.durations(catalog, scheme).stream()
        .filter(option -> fixed.containsKey(option) && isNoDuration(fixed.get(option)))
        .findFirst()
        .ifPresent(
            option -> {
              throw wrong(place, scheme, option, "a duration such as 30s", fixed.get(option));
            });
  }

  /** Camel takes 5s for a number too, and ten for 0. */
  private boolean isMade(String uri) {
    try {
      return context.getEndpoint(uri) != null;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static Map<String, String> withoutDigits(Map<String, String> values) {
    Map<String, String> without = new TreeMap<>(values == null ? Map.of() : values);
    without.values().removeIf(value -> value.matches("(?s).*\\d.*"));
    return without;
  }

  /** Camel takes what it cannot read for 0. */
  private static boolean isNoDuration(String value) {
    try {
      return !value.matches("(?i)-?0+\\D*|P.*") && TimeUtils.toMilliSeconds(value) == 0;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static void refuse(
      String place, String scheme, Map<String, String> invalid, String rule) {
    if (invalid != null) {
      invalid.forEach(
          (option, value) -> {
            throw wrong(place, scheme, option, rule, value);
          });
    }
  }

  private static SettingException wrong(
      String place, String scheme, String option, String rule, String value) {
    return new SettingException(
        "%s: %s of %s must be %s, was %s".formatted(place, option, scheme, rule, value));
  }

  /** Such as the statement of sql:classpath:orders.sql. */
  private void requireFile(String place, String scheme, String uri) {
    String path = uri.substring(scheme.length() + 1).split("\\?", 2)[0].replaceFirst("^//", "");
    String file = path.replaceFirst("^resource:", "");
    if (!file.matches("(classpath|file):[^$]*")
        || !BaseOptions.mayBeFile(catalog, scheme)
        || ResourceHelper.resolveResource(context, file).exists()) {
      return;
    }
    throw new SettingException(
        "%s: %s must name a file that is there, was %s".formatted(place, scheme, file));
  }

  private static void requireCron(String place, String uri, Map<String, String> options) {
    String cron = options.get("cron");
    if (uri.startsWith("quartz:") && cron != null && !cron.contains("$")) {
      String expression = cron.replace('+', ' ');
      if (!CronExpression.isValidExpression(expression)) {
        throw new SettingException(
            "%s: cron must be a Quartz cron expression, was %s%s"
                .formatted(place, expression, CronText.inQuartz(expression)));
      }
    }
  }

  /** Returns the options of an endpoint; those that are there several times with one value. */
  static Map<String, String> options(String uri) {
    Map<String, String> options = new TreeMap<>();
    if (uri.contains("?")) {
      try {
        URISupport.parseQuery(uri.substring(uri.indexOf('?') + 1))
            .forEach((name, value) -> options.put(name, String.valueOf(value)));
      } catch (Exception e) {
        return Map.of(); // which Camel tells
      }
    }
    return options;
  }

  private static String shown(String uri) {
    return URISupport.sanitizeUri(uri);
  }

  /** What the catalog says about the options of a component. */
  private static final class BaseOptions {

    private BaseOptions() {}

    static List<String> durations(RuntimeCamelCatalog catalog, String scheme) {
      return JsonMapper.generateComponentModel(catalog.componentJSonSchema(scheme))
          .getEndpointOptions()
          .stream()
          .filter(option -> "duration".equals(option.getType()))
          .map(BaseOptionModel::getName)
          .toList();
    }

    static boolean mayBeFile(RuntimeCamelCatalog catalog, String scheme) {
      String json = catalog == null ? null : catalog.componentJSonSchema(scheme);
      return json != null
          && JsonMapper.generateComponentModel(json).getEndpointPathOptions().stream()
              .anyMatch(BaseOptionModel::isSupportFileReference);
    }
  }
}
