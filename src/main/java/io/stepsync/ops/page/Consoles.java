package io.stepsync.ops.page;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;

/**
 * Those of Camel's consoles that only show, and nothing that could be a secret: no properties,
 * beans, endpoints or messages. The others answer with nothing, to Camel's command line as well.
 * Thread-safe.
 */
public final class Consoles implements Handler<RoutingContext> {

  private static final Set<String> OPEN =
      Set.of(
          "blocked",
          "consumer",
          "context",
          "gc",
          "health",
          "inflight",
          "internal-tasks",
          "memory",
          "micrometer",
          "processor",
          "route",
          "route-controller",
          "route-group",
          "thread",
          "top");

  private static final String PATH = "/" + ManagementServer.CONSOLES;

  Consoles() {}

  /** Puts nothing in the place of all consoles of {@code context} that are not open. */
  public static void close(CamelContext context) {
    context.setDevConsole(true);
    DevConsoleRegistry consoles =
        context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
    consoles.loadDevConsoles();
    List<DevConsole> closed =
        consoles.stream().filter(console -> !OPEN.contains(console.getId())).toList();
    for (DevConsole console : closed) {
      consoles.unregister(console);
      consoles.register(new ClosedConsole(console.getId()));
    }
  }

  /** Below a console's path, and in queries, are commands, such as one that stops a route. */
  @Override
  public void handle(RoutingContext exchange) {
    String path = exchange.request().path();
    boolean isOpen =
        path.equals(PATH)
            || (path.startsWith(PATH + "/") && OPEN.contains(path.substring(PATH.length() + 1)));
    if (!path.startsWith(PATH) || (isOpen && exchange.request().query() == null)) {
      exchange.next();
    } else {
      Replies.error(exchange, 404, "the console must be one of " + OPEN.stream().sorted().toList());
    }
  }
}
