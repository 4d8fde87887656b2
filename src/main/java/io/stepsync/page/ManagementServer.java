package io.stepsync.page;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.prometheus.MicrometerPrometheus;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;

/**
 * Camel's management server, with what it serves of its own. All of it, and all that is added to
 * its router, lies behind the gate.
 */
final class ManagementServer extends ManagementHttpServer {

  static final String METRICS = "observe/metrics";
  static final String HEALTH = "observe/health";

  /** Before the routes of Camel's own. */
  static final int FIRST = -1000;

  private final Handler<RoutingContext> gate;

  ManagementServer(CamelContext context, PageSettings settings, ServedPaths served) {
    gate = new AccessFilter(settings);
    setCamelContext(context);
    setHost(settings.host());
    setPort(settings.port());
    setPath("/");
    setHealthCheckEnabled(served.health());
    setHealthPath("/" + HEALTH);
    setDevConsoleEnabled(served.consoles());
    setMetricsEnabled(served.metrics());
  }

  /** The gate is there before anything else is. */
  @Override
  protected void setupConsoles() {
    getRouter().route().order(FIRST).handler(gate);
    getRouter().route().order(FIRST).handler(new Consoles());
    super.setupConsoles();
  }

  /** Starts serving, and stops with the context. */
  void serve() throws Exception {
    getCamelContext().addService(this, true, true);
    if (isMetricsEnabled()) {
      getCamelContext().addService(metrics(), true, true);
    }
  }

  /** Without the meters of Camel's own, some of which cost a little for each exchange. */
  private static MicrometerPrometheus metrics() {
    MicrometerPrometheus metrics = new MicrometerPrometheus();
    metrics.setPath("/" + METRICS);
    metrics.setEnableRoutePolicy(false);
    metrics.setEnableExchangeEventNotifier(false);
    metrics.setEnableRouteEventNotifier(false);
    return metrics;
  }
}
