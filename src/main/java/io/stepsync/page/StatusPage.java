package io.stepsync.page;

import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.impl.TCPServerBase;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status page, on Camel's management server. It is served from the start of its Camel context
 * to the end. Metrics, health and Camel's consoles are served there as well.
 */
public final class StatusPage implements StartupListener {

  private static final Logger LOG = LoggerFactory.getLogger(StatusPage.class);

  private final PageSettings settings;
  private final ServedPaths served;
  private boolean serving;
  private volatile int port;

  private StatusPage(PageSettings settings, ServedPaths served) {
    this.settings = settings;
    this.served = served;
  }

  /**
   * Has the page, or what else is {@code served}, served once {@code context} starts, or at once if
   * it is started.
   *
   * @throws IllegalStateException if the port is in use or cannot be opened
   */
  public static StatusPage serve(CamelContext context, PageSettings settings, ServedPaths served)
      throws Exception {
    settings.requireFree();
    StatusPage page = new StatusPage(settings, served);
    context.getRegistry().bind("stepsyncVertx", small());
    context.addStartupListener(page);
    return page;
  }

  /** It serves few people, and no files: none are copied to a temporary directory. */
  private static VertxOptions small() {
    FileSystemOptions noFiles =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(4)
        .setFileSystemOptions(noFiles);
  }

  /** Called again for each route that is added later. */
  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) throws Exception {
    if (!serving) {
      serving = true;
      serve(context);
    }
  }

  private void serve(CamelContext context) throws Exception {
    ManagementServer server = new ManagementServer(context, settings, served);
    server.serve();
    VertxPlatformHttpRouter router = server.getRouter();
    port = listened(router.getServer().getServer());
    if (served.page()) {
      router.route().order(ManagementServer.FIRST + 1).handler(new PageFiles());
      router.route().order(ManagementServer.FIRST + 2).handler(Api.of(context));
    }
    tell(served.page(), "status page", "");
    tell(served.metrics(), "metrics", ManagementServer.METRICS);
    tell(served.health(), "health", ManagementServer.HEALTH);
    tell(served.consoles(), "Camel's consoles", Consoles.PATH);
  }

  /** Camel goes on if the port cannot be opened. */
  private int listened(HttpServer server) {
    int actual = server.actualPort();
    if (!((TCPServerBase) server).isListening()) {
      throw settings.cannotBeOpened("it is in use", null);
    }
    if (settings.port() != 0 && actual != settings.port()) {
      throw settings.cannotBeOpened("the context has a server on port " + actual, null);
    }
    return actual;
  }

  private void tell(boolean isServed, String what, String path) {
    if (isServed) {
      LOG.info("{} at {}{}", what, url(), path);
    }
  }

  /** Returns where the page is, with the port that it listens on, once it is served. */
  public String url() {
    return settings.url(port);
  }
}
