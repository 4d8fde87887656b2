package io.stepsync.camel;

import static java.util.stream.Collectors.toSet;

import io.stepsync.SettingException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.model.Model;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.support.PluginHelper;

/**
 * What an endpoint can be in a Camel context: the components that it has, or can find on the class
 * path, and the {@code direct:} endpoints of its routes.
 */
public final class Components {

  private static final String DIRECT = "direct:";

  private Components() {}

  /**
   * Refuses a component that is not there.
   *
   * @param about what the message begins with
   * @throws SettingException naming the component
   */
  public static void require(CamelContext context, String about, String scheme) {
    boolean there =
        context.getComponentNames().contains(scheme)
            || context.getRegistry().lookupByNameAndType(scheme, Component.class) != null
            || resolves(context, scheme);
    if (!there) {
      Set<String> names = new TreeSet<>(context.getComponentNames());
      names.addAll(Set.of("bean", "direct", "file", "http", "jdbc", "log", "mock", "quartz"));
      names.addAll(Set.of("ref", "seda", "sql", "timer"));
      throw new SettingException(
          "%s there is no component %s%s; its jar belongs into the folder more"
              .formatted(about, scheme, Suggestion.of(scheme, names)));
    }
  }

  /** Returns the routes and all else that a context was given. */
  public static Model model(CamelContext context) {
    return context.getCamelContextExtension().getContextPlugin(Model.class);
  }

  /** Returns the {@code direct:} endpoints that a route takes from, {@linkplain #plain plain}. */
  public static Set<String> directs(CamelContext context) {
    return model(context).getRouteDefinitions().stream()
        .filter(route -> route.getInput() != null)
        .filter(route -> route.getEndpointUrl().startsWith(DIRECT))
        .map(
            route ->
                with(
                    context,
                    route.getTemplateParameters(),
                    () -> plain(context.resolvePropertyPlaceholders(route.getEndpointUrl()))))
        .collect(toSet());
  }

  /**
   * Returns the result of {@code work}, for which placeholders that name a parameter of a route
   * template have its value.
   *
   * @param parameters null for none
   */
  public static <T> T with(CamelContext context, Map<String, Object> parameters, Supplier<T> work) {
    if (parameters == null || parameters.isEmpty()) {
      return work.get();
    }
    Properties local = new Properties();
    parameters.forEach((name, value) -> local.put(name, String.valueOf(value)));
    PropertiesComponent properties = context.getPropertiesComponent();
    properties.setLocalProperties(local);
    try {
      return work.get();
    } finally {
      properties.setLocalProperties(null);
    }
  }

  /** Returns an endpoint without its options. */
  public static String plain(String uri) {
    return uri.split("\\?", 2)[0].replaceFirst("://", ":");
  }

  private static boolean resolves(CamelContext context, String scheme) {
    try {
      return PluginHelper.getComponentResolver(context).resolveComponent(scheme, context) != null;
    } catch (Exception e) {
      return false;
    }
  }
}
