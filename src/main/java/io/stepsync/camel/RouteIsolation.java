package io.stepsync.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.model.InterceptDefinition;
import org.apache.camel.model.InterceptSendToEndpointDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.OnCompletionDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.TransactedDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.model.errorhandler.SpringTransactionErrorHandlerDefinition;

/**
 * Keeps an application's error handlers, route configurations and interceptors away from the routes
 * of the group {@code stepsync}: each hands its error on to its caller, and one with a transaction
 * rolls back. A route that names a configuration of its own is left as it is.
 */
final class RouteIsolation extends ModelLifecycleStrategySupport
    implements RouteBuilderLifecycleStrategy {

  private static final String NAME = "stepsyncRouteIsolation";
  private static final String GROUP = "stepsync";

  private RouteIsolation() {}

  /**
   * Begins with the first routes that are loaded: a plain context loads its plugins before it has
   * its model.
   */
  static void begin(CamelContext context) {
    context.getRegistry().bind(NAME, new RouteIsolation());
  }

  @Override
  public void beforeConfigure(RouteBuilder builder) {
    builder
        .getContext()
        .getCamelContextExtension()
        .getContextPlugin(Model.class)
        .addModelLifecycleStrategy(this);
  }

  @Override
  public void onAddRouteDefinition(RouteDefinition route) {
    if (GROUP.equals(route.getGroup()) && route.getRouteConfigurationId() == null) {
      route.getOutputs().removeIf(RouteIsolation::isOfOthers);
      boolean transacted =
          route.getOutputs().stream().anyMatch(TransactedDefinition.class::isInstance);
      route.setErrorHandlerFactory(transacted ? quiet() : new NoErrorHandlerDefinition());
    }
  }

  private static boolean isOfOthers(ProcessorDefinition<?> output) {
    return (output instanceof OnExceptionDefinition onException && !onException.isRouteScoped())
        || (output instanceof OnCompletionDefinition onCompletion && !onCompletion.isRouteScoped())
        || output instanceof InterceptDefinition
        || output instanceof InterceptSendToEndpointDefinition;
  }

  /** What goes wrong is told by the run; a row that the database refuses is no fault at all. */
  private static ErrorHandlerFactory quiet() {
    SpringTransactionErrorHandlerDefinition handler = new SpringTransactionErrorHandlerDefinition();
    handler.setTransactedPolicyRef(ApplicationTransactions.TRANSACTION);
    handler.setLevel("OFF");
    handler.setRollbackLoggingLevel("OFF");
    return handler;
  }
}
