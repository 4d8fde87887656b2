package io.stepsync.camel;

import static java.util.stream.Collectors.toSet;

import io.stepsync.SettingException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.LoggingLevel;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.DataFormatDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.MarshalDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.UnmarshalDefinition;
import org.apache.camel.model.ValidateDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.Language;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.URISupport;

/**
 * Refuses what the routes of an integrator name and is not there: components, their options, beans,
 * their classes and methods, {@code direct:} routes, and expressions that cannot be read. Camel
 * would find it out when a route starts, or when the first record comes. Nothing is opened.
 */
public final class RouteCheck {

  private static final String DIRECT = "direct:";
  private static final Set<String> WITH_EXPRESSION =
      Set.of(
          "filter",
          "loop",
          "setBody",
          "setHeader",
          "setProperty",
          "setVariable",
          "split",
          "validate");

  private final CamelContext context;
  private final Set<String> directs;

  private RouteCheck(CamelContext context) {
    this.context = context;
    this.directs = directs(context);
  }

  /** Returns the {@code direct:} endpoints that a route takes from, without options. */
  static Set<String> directs(CamelContext context) {
    return model(context).getRouteDefinitions().stream()
        .filter(route -> route.getInput() != null)
        .map(RouteDefinition::getEndpointUrl)
        .filter(uri -> uri.startsWith(DIRECT))
        .map(uri -> plain(context.resolvePropertyPlaceholders(uri)))
        .collect(toSet());
  }

  /**
   * Checks the routes of these files.
   *
   * @param own the locations of the route files that are checked
   * @throws SettingException naming file, line, rule and value
   */
  public static void check(CamelContext context, Set<String> own) {
    RouteCheck check = new RouteCheck(context);
    for (RouteDefinition route : model(context).getRouteDefinitions()) {
      if (route.getResource() != null && own.contains(route.getResource().getLocation())) {
        check.route(route);
      }
    }
  }

  static Model model(CamelContext context) {
    return context.getCamelContextExtension().getContextPlugin(Model.class);
  }

  private void route(RouteDefinition route) {
    if (route.isCreatedFromTemplate()) {
      return;
    }
    String file = route.getResource().getLocation().replaceFirst("^file:", "");
    int line = Math.max(1, route.getInput().getLineNumber());
    endpoint(file + ":" + line, route.getEndpointUrl(), false);
    nodes(file, line, route.getOutputs());
  }

  private void nodes(String file, int line, List<? extends ProcessorDefinition<?>> outputs) {
    for (ProcessorDefinition<?> node : outputs) {
      int own = Math.max(line, node.getLineNumber());
      node(file + ":" + own, node);
      if (node instanceof ChoiceDefinition choice) {
        for (WhenDefinition when : choice.getWhenClauses()) {
          String place = file + ":" + Math.max(own, when.getLineNumber());
          if (when.getExpression() == null) {
            throw noExpression(place, "when");
          }
          expression(place, when.getExpression(), true);
          nodes(file, own, when.getOutputs());
        }
        if (choice.getOtherwise() != null) {
          nodes(file, own, choice.getOtherwise().getOutputs());
        }
      } else {
        nodes(file, own, node.getOutputs());
      }
    }
  }

  private void node(String place, ProcessorDefinition<?> node) {
    if (node instanceof EndpointRequiredDefinition to && !(node instanceof ToDynamicDefinition)) {
      endpoint(place, to.getEndpointUri(), true);
    }
    if (node instanceof ToDynamicDefinition to && !String.valueOf(to.getUri()).contains("$")) {
      endpoint(place, to.getUri(), true);
    }
    if (node instanceof SendDefinition<?> to) {
      constant(place, "pattern", to.getPattern(), ExchangePattern.class);
    }
    if (node instanceof LogDefinition log) {
      constant(place, "loggingLevel", log.getLoggingLevel(), LoggingLevel.class);
    }
    if (node instanceof TryDefinition attempt && attempt.getCatchClauses() != null) {
      attempt.getCatchClauses().stream()
          .flatMap(caught -> caught.getExceptions().stream())
          .forEach(type -> requireClass(place, "exception", type));
    }
    if (node instanceof MarshalDefinition marshal) {
      dataFormat(place, marshal.getDataFormatType());
    }
    if (node instanceof UnmarshalDefinition unmarshal) {
      dataFormat(place, unmarshal.getDataFormatType());
    }
    if (node instanceof BeanDefinition bean) {
      bean(place, bean);
    }
    if (node instanceof ProcessDefinition process) {
      reference(place, process.getRef());
    }
    if (node instanceof ExpressionNode expression
        && expression.getExpression() == null
        && WITH_EXPRESSION.contains(node.getShortName())) {
      throw noExpression(place, node.getShortName());
    }
    if (node instanceof ExpressionNode expression && expression.getExpression() != null) {
      boolean predicate =
          node instanceof FilterDefinition
              || node instanceof ValidateDefinition
              || (node instanceof LoopDefinition loop && "true".equals(loop.getDoWhile()));
      expression(place, expression.getExpression(), predicate);
    }
  }

  private static SettingException noExpression(String place, String node) {
    return new SettingException(place + ": " + node + " must have an expression, such as simple");
  }

  private <E extends Enum<E>> void constant(String place, String name, String text, Class<E> type) {
    String value = text == null ? null : resolved(text);
    if (value == null || value.contains("$")) {
      return;
    }
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    if (!names.contains(value)) {
      throw new SettingException(
          "%s: %s must be one of %s, was %s%s"
              .formatted(
                  place, name, String.join(", ", names), value, Suggestion.of(value, names)));
    }
  }

  private void requireClass(String place, String name, String type) {
    if (context.getClassResolver().resolveClass(resolved(type)) == null) {
      throw new SettingException(
          "%s: %s must be a class that is there, was %s".formatted(place, name, type));
    }
  }

  private void dataFormat(String place, DataFormatDefinition format) {
    if (format == null || format.getDataFormatName() == null) {
      return;
    }
    try {
      if (context.createDataFormat(format.getDataFormatName()) != null) {
        return;
      }
    } catch (Exception e) {
      throw noDataFormat(place, format, e);
    }
    throw noDataFormat(place, format, null);
  }

  private static SettingException noDataFormat(
      String place, DataFormatDefinition format, Exception cause) {
    return new SettingException(
        "%s: there is no data format %s; its jar belongs into the folder more"
            .formatted(place, format.getDataFormatName()),
        cause);
  }

  private void endpoint(String place, String text, boolean producer) {
    if (text == null) {
      return;
    }
    String uri = resolved(text);
    String scheme = uri.split(":", 2)[0];
    if (!uri.contains(":") || scheme.contains("$")) {
      if (uri.contains("$")) {
        return;
      }
      throw new SettingException(place + ": an endpoint must be scheme:path, was " + uri);
    }
    requireComponent(context, place + ":", scheme);
    requireOptions(place, scheme, uri);
    boolean waits = !uri.contains("failIfNoConsumers=false") && !uri.contains("block=false");
    if (producer && uri.startsWith(DIRECT) && waits && !directs.contains(plain(uri))) {
      throw new SettingException(
          "%s: there is no route from %s%s"
              .formatted(place, plain(uri), Suggestion.of(plain(uri), directs)));
    }
  }

  /**
   * Refuses a component that is not there.
   *
   * @param about what the message begins with
   * @throws SettingException naming the component
   */
  static void requireComponent(CamelContext context, String about, String scheme) {
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

  private static boolean resolves(CamelContext context, String scheme) {
    try {
      return PluginHelper.getComponentResolver(context).resolveComponent(scheme, context) != null;
    } catch (Exception e) {
      return false;
    }
  }

  private void requireOptions(String place, String scheme, String uri) {
    EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory(scheme);
    if (factory == null || factory.isLenientProperties() || !uri.contains("?")) {
      return;
    }
    for (String option : options(uri)) {
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

  private static Set<String> options(String uri) {
    try {
      Map<String, Object> query = URISupport.parseQuery(uri.substring(uri.indexOf('?') + 1));
      return new TreeSet<>(query.keySet());
    } catch (Exception e) {
      return Set.of();
    }
  }

  private void bean(String place, BeanDefinition bean) {
    if (bean.getBeanType() != null) {
      Class<?> type = context.getClassResolver().resolveClass(resolved(bean.getBeanType()));
      if (type == null) {
        throw new SettingException(
            place + ": beanType must be a class that is there, was " + bean.getBeanType());
      }
      requireMethod(place, type, bean.getMethod());
    } else {
      Object found = reference(place, bean.getRef());
      if (found != null) {
        requireMethod(place, found.getClass(), bean.getMethod());
      }
    }
  }

  private static void requireMethod(String place, Class<?> type, String method) {
    if (method == null || method.contains("{{") || method.contains("$")) {
      return;
    }
    String name = method.split("\\(", 2)[0].strip();
    Set<String> names = new HashSet<>();
    for (java.lang.reflect.Method each : type.getMethods()) {
      names.add(each.getName());
    }
    if (!names.contains(name)) {
      throw new SettingException(
          "%s: method must be one of %s, was %s%s"
              .formatted(place, type.getName(), name, Suggestion.of(name, names)));
    }
  }

  /** Returns the bean, or null where it is none of a plain name. */
  private Object reference(String place, String text) {
    if (text == null) {
      return null;
    }
    String ref = resolved(text);
    if (ref.startsWith("#class:")) {
      String type = ref.substring("#class:".length()).split("[(]", 2)[0].split("#", 2)[0];
      if (context.getClassResolver().resolveClass(type) == null) {
        throw new SettingException(place + ": ref must be a class that is there, was " + ref);
      }
      return null;
    }
    String name = ref.replaceFirst("^#(bean:)?", "");
    if (name.startsWith("type:") || name.contains("$")) {
      return null;
    }
    Object found = context.getRegistry().lookupByName(name);
    if (found == null && context.getClassResolver().resolveClass(name) == null) {
      throw new SettingException(place + ": there is no bean " + name);
    }
    return found;
  }

  private void expression(String place, ExpressionDefinition definition, boolean predicate) {
    if (definition.getExpression() == null || definition.getExpression().startsWith("resource:")) {
      return;
    }
    String name = definition.getLanguage();
    try {
      Language language = context.resolveLanguage(name);
      String text = resolved(definition.getExpression());
      if (name.equals("simple")) {
        Object unused =
            predicate ? language.createPredicate(text) : language.createExpression(text);
      }
    } catch (NoSuchLanguageException e) {
      throw new SettingException(place + ": there is no language " + name, e);
    } catch (ExpressionIllegalSyntaxException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new SettingException(
          "%s: %s must be an expression, was %s: %s"
              .formatted(place, name, definition.getExpression(), message),
          e);
    }
  }

  private String resolved(String text) {
    try {
      return context.resolvePropertyPlaceholders(text);
    } catch (IllegalArgumentException e) {
      return text; // told by the loader of routes
    }
  }

  /** Returns an endpoint without its options. */
  static String plain(String uri) {
    return uri.split("\\?", 2)[0].replaceFirst("://", ":");
  }
}
