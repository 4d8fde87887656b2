package io.stepsync.ops.page;

import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status page, on Camel's management server. It is served from the start of its Camel context
 * to the end. Whatever else is served there, metrics and health, lies behind the same {@link Gate}.
 */
public final class StatusPage implements StartupListener {

  private static final Logger LOG = LoggerFactory.getLogger(StatusPage.class);

  /** Before the routes of Camel's own. */
  private static final int FIRST = -1000;

  private final PageSettings settings;

  private StatusPage(PageSettings settings) {
    this.settings = settings;
  }

  /**
   * Has the page served once {@code context} starts, or at once if it is started.
   *
   * @throws IllegalStateException if the port is in use or cannot be opened
   */
  public static StatusPage serve(CamelContext context, PageSettings settings) throws Exception {
    StatusPage page = new StatusPage(settings.withFreePort());
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

  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) throws Exception {
    ManagementHttpServer server = new ManagementHttpServer();
    server.setCamelContext(context);
    server.setHost(settings.host());
    server.setPort(settings.port());
    server.setPath("/");
    context.addService(server, true, true);
    VertxPlatformHttpRouter router = server.getRouter();
    if (router.getServer().getServer().actualPort() != settings.port()) {
      throw new IllegalStateException("stepsync.page.port " + settings.port() + " is in use");
    }
    router.route().order(FIRST).handler(new Gate(settings));
    router.route().order(FIRST + 1).handler(new PageFiles());
    router.route().order(FIRST + 2).handler(Api.of(context));
    LOG.info("status page at {}", url());
  }

  /** Returns where the page is, with its port. */
  public String url() {
    return settings.url();
  }
}
