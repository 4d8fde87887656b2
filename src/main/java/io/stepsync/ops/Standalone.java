package io.stepsync.ops;

import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.camel.Run;
import io.stepsync.camel.RunKind;
import io.stepsync.camel.StreamCheck;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.support.DefaultExchange;

/** stepsync as a Camel Main of its own, in the directory that it was started in. */
final class Standalone {

  private static final String JAR_PROPERTIES = "classpath:stepsync/application.properties";

  private final Main main = new Main();
  private final Map<String, StreamSettings> streams;

  /**
   * Loads routes and streams, and checks them. Nothing is opened or started yet.
   *
   * @throws SettingException if a setting is wrong, or a file cannot be read as routes
   */
  Standalone(Path directory) {
    this(
        directory,
        main ->
            main.setDefaultPropertyPlaceholderLocation(
                properties(directory) + "," + JAR_PROPERTIES));
  }

  private Standalone(Path directory, Consumer<Main> setup) {
    setup.accept(main);
    main.configure().withRoutesIncludePattern(RouteFiles.in(directory).pattern());
    try {
      main.init();
      streams = StreamCheck.check(main.getCamelContext());
    } catch (RuntimeException e) {
      throw LoadFailure.of(e);
    }
  }

  /**
   * Loads and checks routes and streams as the other does, with these properties instead of
   * application.properties, and leaves no trace in the JVM; it is not for being run.
   *
   * @throws SettingException if a setting is wrong, or a file cannot be read as routes
   */
  static Standalone toBeChecked(Path directory, Properties properties) {
    return new Standalone(
        directory,
        main -> {
          main.setDefaultPropertyPlaceholderLocation("false");
          main.setInitialProperties(properties);
          main.setShutdownStrategy(new SimpleMainShutdownStrategy()); // without a hook in the JVM
        });
  }

  /** The first place that has a key wins. */
  private static String properties(Path directory) {
    return "file:" + directory.resolve("application.properties") + ";optional=true";
  }

  Map<String, StreamSettings> streams() {
    return streams;
  }

  CamelContext context() {
    return main.getCamelContext();
  }

  /** Fires the triggers until the process is told to stop. */
  void run() throws Exception {
    CamelContext context = main.getCamelContext();
    try (Demo demo = Demo.start(context);
        Database database = Database.open(context)) {
      database.bind(context);
      main.run();
    }
  }

  /** Starts everything but the triggers, for {@code work}. */
  <T> T withoutTriggers(Work<T> work) throws Exception {
    CamelContext context = main.getCamelContext();
    context.getComponent("quartz", QuartzComponent.class).setAutoStartScheduler(false);
    try (Demo demo = Demo.start(context);
        Database database = Database.open(context)) {
      database.bind(context);
      main.start();
      Runtime.getRuntime().addShutdownHook(new Thread(main::stop, "stepsync-stop"));
      try {
        return work.in(context);
      } finally {
        main.stop();
      }
    }
  }

  /** What is done while everything but the triggers runs. */
  interface Work<T> {
    T in(CamelContext context) throws Exception;
  }

  /** Runs a stream once, and returns how the run ended. */
  static Run run(CamelContext context, String stream, RunKind kind) throws Exception {
    Exchange exchange = new DefaultExchange(context, ExchangePattern.InOut);
    exchange.setVariable("stream", stream);
    exchange.setVariable("kind", kind.text());
    try (ProducerTemplate template = context.createProducerTemplate()) {
      template.send("direct:stepsync-run", exchange);
    }
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
    return exchange.getVariable("run", Run.class);
  }
}
