package io.stepsync.main;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.stepsync.SettingException;
import io.stepsync.page.Consoles;
import io.stepsync.page.ServedPaths;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.spi.CliConnectorFactory;

/** What the keys of application.properties say about metrics, health and Camel's own tools. */
final class Monitoring {

  private static final String PAGE = "stepsync.page.enabled";
  private static final String METRICS = "stepsync.metrics.enabled";
  private static final String HEALTH = "stepsync.health.enabled";
  private static final String CONSOLES = "stepsync.consoles.enabled";
  private static final String CAMEL_CLI = "stepsync.camel-cli.enabled";

  private Monitoring() {}

  /**
   * Gives {@code context}, which is not started, what it needs for that.
   *
   * @throws io.stepsync.SettingException if a key is wrong
   */
  static ServedPaths prepare(CamelContext context) {
    PropertyReader keys = new PropertyReader(context);
    ServedPaths served =
        new ServedPaths(
            keys.flag(PAGE), keys.flag(METRICS), keys.flag(HEALTH), keys.flag(CONSOLES));
    if (served.metrics()) {
      context.getRegistry().bind(MicrometerConstants.METRICS_REGISTRY_NAME, registry());
    }
    return served;
  }

  private static MeterRegistry registry() {
    MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    return registry;
  }

  /**
   * Camel's command line, which finds a process by files in the home directory, and JMX, from which
   * it and the consoles take their numbers, are there only where they are asked for.
   */
  static void limitTools(CamelContext context) {
    PropertyReader keys = new PropertyReader(context);
    boolean cli = keys.flag(CAMEL_CLI);
    boolean isAsked = cli || keys.flag(CONSOLES);
    CliConnectorFactory connector =
        context.getCamelContextExtension().getContextPlugin(CliConnectorFactory.class);
    if (connector != null) {
      connector.setEnabled(cli);
    } else if (cli) {
      throw new SettingException(
          CAMEL_CLI + " must be false without camel-cli-connector on the class path, was true");
    }
    if (isAsked) {
      Consoles.close(context);
    } else {
      context.disableJMX();
    }
  }
}
