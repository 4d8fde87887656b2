package io.stepsync.main.check;

import static java.util.stream.Collectors.toSet;

import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.camel.Components;
import io.stepsync.camel.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.ExchangePattern;
import org.apache.camel.LoggingLevel;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.ConvertBodyDefinition;
import org.apache.camel.model.DataFormatDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.ExpressionSubElementDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.MarshalDefinition;
import org.apache.camel.model.OnCompletionDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OnWhenDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ThrowExceptionDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.UnmarshalDefinition;
import org.apache.camel.model.ValidateDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.model.errorhandler.RefErrorHandlerDefinition;
import org.apache.camel.model.language.ConstantExpression;
import org.apache.camel.spi.Resource;

/**
 * Refuses what the routes of an integrator name and is not there: components, their options, beans,
 * their classes and methods, {@code direct:} routes, and expressions that cannot be read. Camel
 * would find it out when a route starts, or when the first record comes. Nothing is opened.
 */
public final class RouteCheck {

  /** Where the trigger of a stream comes from that is a route of its own. */
  private static final String TRIGGER = "quartz:stepsync/";

  /** Steps whose expression names endpoints. */
  private static final Set<String> CALLING =
      Set.of("enrich", "pollEnrich", "recipientList", "routingSlip");

  /** Steps whose expression is a number. */
  private static final Set<String> COUNTING = Set.of("delay", "loop", "throttle");

  private static final Set<String> WITH_EXPRESSION =
      Set.of(
          "filter",
          "loop",
          "script",
          "setBody",
          "setHeader",
          "setProperty",
          "setVariable",
          "split",
          "validate");

  private final CamelContext context;
  private final EndpointCheck endpoints;
  private final BeanCheck beans;
  private final ExpressionCheck expressions;

  private RouteCheck(CamelContext context) {
    this.context = context;
    endpoints = new EndpointCheck(context, Components.directs(context));
    beans = new BeanCheck(context, this::resolved);
    expressions = new ExpressionCheck(context, this::resolved, beans);
  }

  /**
   * Checks the routes of these files.
   *
   * @param own the locations of the route files that are checked
   * @throws SettingException naming file, line, rule and value
   */
  public static void check(CamelContext context, Set<String> own) {
    RouteCheck check = new RouteCheck(context);
    for (RouteTemplateDefinition template :
        Components.model(context).getRouteTemplateDefinitions()) {
      if (isOf(own, template.getResource())) {
        check.template(template);
      }
    }
    for (RouteDefinition route : Components.model(context).getRouteDefinitions()) {
      if (own.contains(location(route))) {
        check.route(route);
      }
    }
    for (RouteConfigurationDefinition configuration :
        Components.model(context).getRouteConfigurationDefinitions()) {
      check.configuration(configuration, own);
    }
  }

  private static boolean isOf(Set<String> own, Resource resource) {
    return resource != null && own.contains(resource.getLocation());
  }

  /** A route that was made from a template is not told its file, but its parts are. */
  private static String location(RouteDefinition route) {
    return route.getResource() == null
        ? String.valueOf(route.getInput().getLocation())
        : route.getResource().getLocation();
  }

  /**
   * Has Camel build each step of the directory's own routes, in a context that is not started.
   *
   * @param own the locations of the route files whose routes are built
   * @throws SettingException naming file, line and what Camel says
   */
  public static void build(CamelContext context, Set<String> own) {
    for (RouteDefinition route : Components.model(context).getRouteDefinitions()) {
      if (isOf(own, route.getResource()) && !route.isCreatedFromTemplate()) {
        String file = file(route.getResource());
        int line = Math.max(1, route.getInput().getLineNumber());
        StepBuild build = new StepBuild(context, route, file + ":" + line);
        build(build, file, line, route.getOutputs());
      }
    }
  }

  /** A step is built with those in it: the innermost comes first, as it has its own line. */
  private static void build(
      StepBuild build, String file, int line, List<? extends ProcessorDefinition<?>> steps) {
    for (ProcessorDefinition<?> step : steps) {
      int own = Math.max(line, step.getLineNumber());
      build(build, file, own, inside(step));
      build.check(file + ":" + own, step);
    }
  }

  private static List<ProcessorDefinition<?>> inside(ProcessorDefinition<?> step) {
    List<ProcessorDefinition<?>> inside = new ArrayList<>();
    if (step instanceof ChoiceDefinition choice) {
      choice.getWhenClauses().forEach(when -> inside.addAll(when.getOutputs()));
      if (choice.getOtherwise() != null) {
        inside.addAll(choice.getOtherwise().getOutputs());
      }
    } else if (step instanceof TryDefinition attempt) {
      inside.addAll(attempt.getOutputs());
      inside.removeIf(part -> part instanceof CatchDefinition || part instanceof FinallyDefinition);
      if (attempt.getCatchClauses() != null) {
        attempt.getCatchClauses().forEach(part -> inside.addAll(part.getOutputs()));
      }
      if (attempt.getFinallyClause() != null) {
        inside.addAll(attempt.getFinallyClause().getOutputs());
      }
    } else {
      inside.addAll(step.getOutputs());
      if (step instanceof CircuitBreakerDefinition breaker && breaker.getOnFallback() != null) {
        inside.addAll(breaker.getOnFallback().getOutputs());
      }
    }
    return inside;
  }

  private static String file(Resource resource) {
    return file(resource.getLocation());
  }

  private static String file(String location) {
    return location.replaceFirst("^file:", "");
  }

  /** What a parameter will be is not known, as with an expression. */
  private void template(RouteTemplateDefinition template) {
    Map<String, Object> unknown = new HashMap<>();
    if (template.getTemplateParameters() != null) {
      template
          .getTemplateParameters()
          .forEach(each -> unknown.put(each.getName(), ExpressionCheck.UNKNOWN));
    }
    if (template.getTemplateBeans() != null) {
      template
          .getTemplateBeans()
          .forEach(bean -> unknown.put(bean.getName(), ExpressionCheck.UNKNOWN));
    }
    RouteDefinition route = template.getRoute();
    with(unknown, () -> route(route, file(template.getResource())));
  }

  private void route(RouteDefinition route) {
    Map<String, Object> parameters = route.getTemplateParameters();
    with(parameters == null ? Map.of() : parameters, () -> route(route, file(location(route))));
  }

  private void with(Map<String, Object> parameters, Runnable checks) {
    Components.with(
        context,
        parameters,
        () -> {
          checks.run();
          return null;
        });
  }

  private void route(RouteDefinition route, String file) {
    int line = Math.max(1, route.getInput().getLineNumber());
    String place = file + ":" + line;
    if (!resolved(route.getEndpointUrl()).startsWith(TRIGGER)) { // told as a stream's schedule
      endpoint(place, route.getEndpointUrl(), false);
    }
    flag(place, "autoStartup", route.getAutoStartup());
    flag(place, "logMask", route.getLogMask());
    flag(place, "messageHistory", route.getMessageHistory());
    flag(place, "streamCache", route.getStreamCache());
    flag(place, "trace", route.getTrace());
    configured(place, route.getRouteConfigurationId());
    errorHandler(place, route.getErrorHandlerFactory());
    nodes(file, line, route.getOutputs());
  }

  /** One in YAML is not told its file, but its parts are. */
  private void configuration(RouteConfigurationDefinition configuration, Set<String> own) {
    List<ProcessorDefinition<?>> parts = new ArrayList<>();
    parts.addAll(configuration.getOnExceptions());
    parts.addAll(configuration.getOnCompletions());
    parts.addAll(configuration.getIntercepts());
    parts.addAll(configuration.getInterceptFroms());
    parts.addAll(configuration.getInterceptSendTos());
    parts.removeIf(part -> !own.contains(String.valueOf(part.getLocation())));
    for (ProcessorDefinition<?> part : parts) {
      nodes(file(part.getLocation()), Math.max(1, part.getLineNumber()), List.of(part));
    }
    boolean mayBeOwn =
        configuration.getResource() == null || isOf(own, configuration.getResource());
    if (configuration.getErrorHandler() != null && mayBeOwn) {
      errorHandler(
          "routeConfiguration " + configuration.getId(),
          configuration.getErrorHandler().getErrorHandlerType());
    }
  }

  private void errorHandler(String place, Object handler) {
    if (handler instanceof DeadLetterChannelDefinition letters) {
      endpoint(place, letters.getDeadLetterUri(), true);
    } else if (handler instanceof RefErrorHandlerDefinition other
        && !RefErrorHandlerDefinition.DEFAULT_ERROR_HANDLER_BUILDER.equals(other.getRef())) {
      beans.reference(place, other.getRef());
    }
    if (handler
        instanceof DefaultErrorHandlerDefinition redelivering) { // so is a dead letter channel
      beans.reference(place, redelivering.getOnExceptionOccurredRef());
      beans.reference(place, redelivering.getRedeliveryPolicyRef());
      policy(place, redelivering.getRedeliveryPolicy());
    }
  }

  private void policy(String place, RedeliveryPolicyDefinition policy) {
    if (policy == null) {
      return;
    }
    number(place, "maximumRedeliveries", policy.getMaximumRedeliveries());
    number(place, "backOffMultiplier", policy.getBackOffMultiplier());
    number(place, "redeliveryDelay", policy.getRedeliveryDelay());
    number(place, "maximumRedeliveryDelay", policy.getMaximumRedeliveryDelay());
  }

  /** Camel takes ten for 0. */
  private void number(String place, String name, String text) {
    if (text != null && !resolved(text).matches("(?s).*(\\d|\\{\\{|\\$).*")) {
      throw new SettingException(
          "%s: %s must be a number, was %s".formatted(place, name, resolved(text)));
    }
  }

  private void flag(String place, String name, String text) {
    String value = text == null ? "true" : resolved(text);
    if (!value.matches("(?i)true|false") && !value.contains("{{") && !value.contains("$")) {
      throw new SettingException(
          "%s: %s must be true or false, was %s".formatted(place, name, value));
    }
  }

  private void configured(String place, String text) {
    Set<String> names =
        Components.model(context).getRouteConfigurationDefinitions().stream()
            .map(RouteConfigurationDefinition::getId)
            .filter(Objects::nonNull)
            .collect(toSet());
    String ids = text == null ? "" : resolved(text);
    for (String id : ids.split(",", -1)) {
      if (!id.isBlank() && !id.matches(".*[*{].*") && !names.contains(id.strip())) {
        throw new SettingException(
            "%s: there is no routeConfiguration %s%s"
                .formatted(place, id.strip(), Suggestion.of(id, names)));
      }
    }
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
          expressions.check(place, when.getExpression(), true);
        }
      }
      nodes(file, own, inside(node));
    }
  }

  private void node(String place, ProcessorDefinition<?> node) {
    if (node instanceof EndpointRequiredDefinition to && !(node instanceof ToDynamicDefinition)) {
      endpoint(place, to.getEndpointUri(), true);
    }
    if (node instanceof ToDynamicDefinition to) {
      dynamic(place, to);
    }
    if (node instanceof ConvertBodyDefinition convert && convert.getType() != null) {
      beans.requireClass(place, "type", convert.getType());
    }
    if (node instanceof ThrowExceptionDefinition fault && fault.getExceptionType() != null) {
      beans.requireClass(place, "exceptionType", fault.getExceptionType());
    }
    if (node instanceof OnExceptionDefinition handler) {
      handler.getExceptions().forEach(type -> beans.requireClass(place, "exception", type));
      handled(place, handler);
    }
    if (node instanceof OnCompletionDefinition completion) {
      when(place, completion.getOnWhen());
    }
    if (node instanceof ExpressionNode called
        && CALLING.contains(node.getShortName())
        && called.getExpression() instanceof ConstantExpression constant) {
      for (String uri : constant.getExpression().split(",", -1)) {
        endpoint(place, uri.strip(), !node.getShortName().equals("pollEnrich"));
      }
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
          .forEach(type -> beans.requireClass(place, "exception", type));
    }
    if (node instanceof MarshalDefinition marshal) {
      dataFormat(place, marshal.getDataFormatType());
    }
    if (node instanceof UnmarshalDefinition unmarshal) {
      dataFormat(place, unmarshal.getDataFormatType());
    }
    if (node instanceof BeanDefinition bean) {
      beans.called(place, bean.getBeanType(), bean.getRef(), bean.getMethod());
    }
    if (node instanceof ProcessDefinition process) {
      beans.reference(place, process.getRef());
    }
    if (node instanceof ExpressionNode counted
        && counted.getExpression() instanceof ConstantExpression constant
        && COUNTING.contains(node.getShortName())
        && !(node instanceof LoopDefinition loop && "true".equals(loop.getDoWhile()))) {
      number(place, "the constant of " + node.getShortName(), constant.getExpression());
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
      expressions.check(place, expression.getExpression(), predicate);
    }
  }

  private void handled(String place, OnExceptionDefinition handler) {
    for (ExpressionSubElementDefinition each :
        Arrays.asList(handler.getHandled(), handler.getContinued(), handler.getRetryWhile())) {
      if (each != null && each.getExpressionType() != null) {
        expressions.check(place, each.getExpressionType(), true);
      }
    }
    when(place, handler.getOnWhen());
    beans.reference(place, handler.getOnExceptionOccurredRef());
    beans.reference(place, handler.getOnRedeliveryRef());
    beans.reference(place, handler.getRedeliveryPolicyRef());
    policy(place, handler.getRedeliveryPolicyType());
  }

  private void when(String place, OnWhenDefinition when) {
    if (when != null && when.getExpression() != null) {
      expressions.check(place, when.getExpression(), true);
    }
  }

  /** What is made of it at run time is known as far as the first placeholder. */
  private void dynamic(String place, ToDynamicDefinition to) {
    String uri = String.valueOf(to.getUri());
    if (!uri.contains("$")) {
      endpoint(place, uri, true);
    } else if (uri.matches("[\\w.+-]+:.*")) {
      Components.require(context, place + ":", uri.split(":", 2)[0]);
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
    endpoints.check(place, uri, producer);
    String plain = Components.plain(uri);
    String method = EndpointCheck.options(uri).get("method");
    if (plain.matches("bean:[^$#]+")) {
      beans.called(place, null, plain.substring("bean:".length()), method);
    } else if (plain.matches("class:[^$#]+")) {
      String type = plain.substring("class:".length());
      beans.requireMethod(place, beans.requireClass(place, "class", type), method);
    }
  }

  /**
   * Checks the endpoints that streams name.
   *
   * @throws SettingException naming stream, setting, rule and value
   */
  public static void check(CamelContext context, Collection<StreamSettings> streams) {
    RouteCheck check = new RouteCheck(context);
    for (StreamSettings stream : streams) {
      String about = "stream " + stream.name() + ": ";
      check.endpoint(about + "transform", stream.transform(), true);
      check.endpoint(about + "sink", stream.sink(), true);
      check.endpoint(about + "recordSink", stream.recordSink(), true);
    }
  }

  private String resolved(String text) {
    try {
      return context.resolvePropertyPlaceholders(text);
    } catch (IllegalArgumentException e) {
      return text; // told by the loader of routes
    }
  }
}
