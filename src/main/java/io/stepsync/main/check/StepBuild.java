package io.stepsync.main.check;

import io.stepsync.SettingException;
import io.stepsync.run.Failures;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.Route;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.reifier.ProcessorReifier;
import org.apache.camel.support.PluginHelper;

/** Has Camel build the steps of a route, one by one, as it does before the route starts. */
final class StepBuild {

  /** A bean's own text may have a secret. */
  private static final Pattern BEAN = Pattern.compile(" on bean: .* of type: ", Pattern.DOTALL);

  private static final Pattern MISSING_KEY =
      Pattern.compile("Property with key \\[([^\\]]+)\\] not found");

  private final Route route;

  /**
   * @param place of the route's from
   * @throws SettingException if the endpoint that the route takes from cannot be made
   */
  StepBuild(CamelContext context, RouteDefinition definition, String place) {
    try {
      route =
          PluginHelper.getRouteFactory(context)
              .createRoute(
                  context,
                  definition,
                  definition.getRouteId(),
                  null,
                  null,
                  endpoint(
                      context, context.resolvePropertyPlaceholders(definition.getEndpointUrl())),
                  definition.getResource());
      route.setErrorHandlerFactory(errorHandler(context, definition));
    } catch (Exception e) {
      throw refusal(place, "from", e);
    }
  }

  /** The context does not get to know of it, or would start it though its route is left out. */
  private static Endpoint endpoint(CamelContext context, String uri) throws Exception {
    return context.getComponent(uri.split(":", 2)[0], true, false).createEndpoint(uri);
  }

  private static ErrorHandlerFactory errorHandler(CamelContext context, RouteDefinition route) {
    ErrorHandlerFactory own = route.getErrorHandlerFactory();
    ErrorHandlerFactory other = context.getCamelContextExtension().getErrorHandlerFactory();
    return own != null ? own : other != null ? other : new DefaultErrorHandlerDefinition();
  }

  /**
   * @throws SettingException naming the place, the step, and what Camel says of it
   */
  void check(String place, ProcessorDefinition<?> step) {
    try {
      ProcessorReifier.reifier(route, step).createProcessor();
    } catch (Exception e) {
      if (!isOfPool(e)) {
        throw refusal(place, step.getShortName(), e);
      }
    }
  }

  private static SettingException refusal(String place, String step, Exception e) {
    String missing = missingKey(e);
    if (missing != null) {
      return new SettingException(
          "%s: the key %s must be set, in application.properties or in the environment"
              .formatted(place, missing),
          e);
    }
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String told =
        cause instanceof ClassNotFoundException
            ? "there is no class " + cause.getMessage()
            : BEAN.matcher(Failures.message(e)).replaceFirst(" of ");
    return new SettingException("%s: %s cannot be built: %s".formatted(place, step, told), e);
  }

  private static String missingKey(Exception failure) {
    return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
        .map(cause -> MISSING_KEY.matcher(String.valueOf(cause.getMessage())))
        .filter(Matcher::find)
        .map(key -> key.group(1))
        .findFirst()
        .orElse(null);
  }

  /** It is there when the database is open. */
  private static boolean isOfPool(Exception failure) {
    return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(
            e -> e instanceof NoSuchBeanException bean && "stepsyncPool".equals(bean.getName()));
  }
}
