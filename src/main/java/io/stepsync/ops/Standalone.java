package io.stepsync.ops;

import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.camel.Run;
import io.stepsync.camel.RunKind;
import io.stepsync.camel.StreamCheck;
import io.stepsync.ops.page.StatusPage;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.springframework.jdbc.core.JdbcTemplate;

/** stepsync as a Camel Main of its own, in the directory that it was started in. */
final class Standalone {

  private static final String JAR_PROPERTIES = "classpath:stepsync/application.properties";

  private final Main main = new Main();
  private final Map<String, StreamSettings> streams;
  private final Cluster cluster;

  /**
   * Loads routes and streams, and checks them. Nothing is opened or started yet.
   *
   * @throws SettingException if a setting is wrong, or a file cannot be read as routes
   */
  Standalone(Path directory) {
    this(RouteFiles.in(directory), main -> setProperties(main, directory));
  }

  private Standalone(RouteFiles routes, Consumer<Main> setup) {
    setup.accept(main);
    main.configure().withRoutesIncludePattern(routes.pattern());
    try {
      main.init();
      Monitoring.limitTools(main.getCamelContext());
      streams = StreamCheck.check(main.getCamelContext());
      cluster = Cluster.of(main.getCamelContext());
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
        RouteFiles.in(directory),
        main -> {
          main.setDefaultPropertyPlaceholderLocation("false");
          main.setInitialProperties(properties);
          main.setShutdownStrategy(new SimpleMainShutdownStrategy()); // without a hook in the JVM
        });
  }

  /** Loads the shared routes alone, as if there were no stream. */
  static Standalone withoutStreams(Path directory) {
    return new Standalone(RouteFiles.sharedIn(directory), main -> setProperties(main, directory));
  }

  /** The first place that has a key wins. */
  private static void setProperties(Main main, Path directory) {
    String own = "file:" + directory.resolve("application.properties") + ";optional=true";
    main.setDefaultPropertyPlaceholderLocation(own + "," + JAR_PROPERTIES);
  }

  /** Opens the database, and starts nothing, for {@code work}. */
  <T> T withDatabase(DatabaseWork<T> work) throws Exception {
    try (Database database = Database.open(main.getCamelContext())) {
      return work.with(database.sql());
    }
  }

  /** What is done while nothing runs. */
  interface DatabaseWork<T> {
    T with(JdbcTemplate sql) throws Exception;
  }

  /** Returns the schedule of each stream's trigger. */
  Map<String, String> schedules() {
    return StreamCheck.schedules(main.getCamelContext());
  }

  Map<String, StreamSettings> streams() {
    return streams;
  }

  CamelContext context() {
    return main.getCamelContext();
  }

  /** Has page, metrics and health served, as far as their keys say, once everything starts. */
  Optional<StatusPage> serve() throws Exception {
    return Page.serve(main.getCamelContext());
  }

  /** Fires the triggers until the process is told to stop. */
  void run() throws Exception {
    CamelContext context = main.getCamelContext();
    serve();
    try (Demo demo = Demo.start(context);
        Database database = Database.open(context)) {
      database.bind(context);
      database.join(cluster, context);
      main.run();
    }
  }

  /** Starts everything but the triggers, for {@code work}. */
  <T> T withoutTriggers(Work<T> work) throws Exception {
    CamelContext context = main.getCamelContext();
    try (Demo demo = Demo.start(context);
        Database database = Database.open(context)) {
      database.bind(context);
      return started(work);
    }
  }

  /**
   * Starts everything but the triggers, for {@code work} that writes nothing; it goes on without
   * the database where that cannot be opened, and is told why.
   */
  <T> T forTrial(Trial<T> work) throws Exception {
    CamelContext context = main.getCamelContext();
    try (Demo demo = Demo.startUnlessItRuns(context);
        OptionalDatabase database = OptionalDatabase.open(context)) {
      return started(started -> work.in(started, database.problem()));
    }
  }

  /** Starts the routes alone, for {@code work} that needs no database. */
  <T> T withoutDatabase(Work<T> work) throws Exception {
    CamelContext context = main.getCamelContext();
    try (Demo demo = Demo.startUnlessItRuns(context)) {
      return started(work);
    }
  }

  private <T> T started(Work<T> work) throws Exception {
    CamelContext context = main.getCamelContext();
    context.getComponent("quartz", QuartzComponent.class).setAutoStartScheduler(false);
    main.start();
    Runtime.getRuntime().addShutdownHook(new Thread(main::stop, "stepsync-stop"));
    try {
      return work.in(context);
    } finally {
      main.stop();
    }
  }

  /** What is done while everything but the triggers runs. */
  interface Work<T> {
    T in(CamelContext context) throws Exception;
  }

  /** What is done without writing; the database's problem is empty where it is open. */
  interface Trial<T> {
    T in(CamelContext context, Optional<String> problem) throws Exception;
  }

  /** Runs a stream once, and returns how the run of its lowest lane ended. */
  static Run run(CamelContext context, String stream, RunKind kind) throws Exception {
    return LaneRuns.of(context, stream, kind).get(0);
  }
}
