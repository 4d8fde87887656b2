package io.stepsync.page;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.util.json.JsonObject;

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

  /** Where Camel serves them. */
  static final String PATH = "q/dev";

  private static final String ROOT = "/" + PATH;

  Consoles() {}

  /**
   * Puts nothing in the place of all consoles of {@code context} that are not open, and lets the
   * others show alone.
   */
  public static void close(CamelContext context) {
    context.setDevConsole(true);
    DevConsoleRegistry consoles =
        context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
    consoles.loadDevConsoles();
    for (DevConsole console : consoles.stream().toList()) {
      consoles.unregister(console);
      consoles.register(
          OPEN.contains(console.getId())
              ? new ShownConsole(console)
              : new ClosedConsole(console.getId()));
    }
  }

  /**
   * Below a console's path, and in queries, are commands, such as one that stops a route. The
   * router goes by the normalised path; one that is written in another way is none of the open
   * ones.
   */
  @Override
  public void handle(RoutingContext exchange) {
    if (!isConsole(exchange.normalizedPath()) || isOpen(exchange.request())) {
      exchange.next();
    } else {
      HttpReplies.error(
          exchange, 404, "the console must be one of " + OPEN.stream().sorted().toList());
    }
  }

  private static boolean isConsole(String path) {
    return path.regionMatches(true, 0, ROOT, 0, ROOT.length());
  }

  private static boolean isOpen(HttpServerRequest request) {
    String path = request.path();
    return request.query() == null
        && !request.method().equals(HttpMethod.POST)
        && (path.equals(ROOT)
            || (path.startsWith(ROOT + "/") && OPEN.contains(path.substring(ROOT.length() + 1))));
  }

  /** A console of Camel's that shows, and does nothing that options could ask for. */
  private record ShownConsole(DevConsole console) implements DevConsole {

    @Override
    public String getGroup() {
      return console.getGroup();
    }

    @Override
    public String getId() {
      return console.getId();
    }

    @Override
    public String getDisplayName() {
      return console.getDisplayName();
    }

    @Override
    public String getDescription() {
      return console.getDescription();
    }

    @Override
    public boolean supportMediaType(MediaType mediaType) {
      return console.supportMediaType(mediaType);
    }

    @Override
    public Object call(MediaType mediaType, Map<String, Object> options) {
      return console.call(mediaType, Map.of());
    }
  }

  /** Stands for a console of Camel's that is not to be seen. */
  private record ClosedConsole(String id) implements DevConsole {

    @Override
    public String getGroup() {
      return "camel";
    }

    @Override
    public String getId() {
      return id;
    }

    @Override
    public String getDisplayName() {
      return id;
    }

    @Override
    public String getDescription() {
      return "Not open in stepsync";
    }

    @Override
    public boolean supportMediaType(MediaType mediaType) {
      return true;
    }

    @Override
    public Object call(MediaType mediaType, Map<String, Object> options) {
      return mediaType == MediaType.JSON ? new JsonObject() : "";
    }
  }
}
