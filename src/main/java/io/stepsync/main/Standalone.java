package io.stepsync.main;

import io.stepsync.SettingException;
import io.stepsync.StreamSettings;
import io.stepsync.api.LaneRuns;
import io.stepsync.camel.SilentSchedules;
import io.stepsync.camel.StreamCheck;
import io.stepsync.camel.Suggestion;
import io.stepsync.camel.Trigger;
import io.stepsync.main.check.RouteCheck;
import io.stepsync.main.files.KeysCheck;
import io.stepsync.main.files.LoadFailure;
import io.stepsync.main.files.RouteFiles;
import io.stepsync.main.served.Holder.Use;
import io.stepsync.page.StatusPage;
import io.stepsync.run.Failures;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.quartz.simpl.ZeroSizeThreadPool;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** stepsync as a Camel Main of its own, in the directory that it was started in. */
public final class Standalone {

  private static final Duration PAUSE = Duration.ofMillis(100);

  /** The directory that the process was started in. */
  public static final Path HERE = Path.of("");

  private static final String JAR_PROPERTIES = "classpath:stepsync/application.properties";

  private final Main main =
      new Main() {
        @Override
        protected CamelContext createCamelContext() {
          CamelContext context = super.createCamelContext();
          context
              .getPropertiesComponent()
              .setEncoding(StandardCharsets.UTF_8.name()); // not Latin-1
          return context;
        }
      };
  private final Path directory;
  private final RouteFiles files;
  private final Map<String, StreamSettings> streams;
  private final Cluster cluster;

  /**
   * Loads routes and streams, and checks them. Nothing is opened or started yet.
   *
   * @throws SettingException if a setting is wrong, or a file cannot be read as routes
   */
  public Standalone(Path directory) {
    this(directory, RouteFiles.in(directory), main -> setProperties(main, directory));
  }

  private Standalone(Path directory, RouteFiles routes, Consumer<Main> setup) {
    this.directory = directory;
    files = routes;
    setup.accept(main);
    // its default has a hook of its own, which waits for itself if ours comes a moment earlier
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    main.configure().withRoutesIncludePattern(routes.pattern());
    try {
      main.init();
      Monitoring.limitTools(main.getCamelContext());
      RouteCheck.check(main.getCamelContext(), ownLocations());
      streams = StreamCheck.check(main.getCamelContext());
      RouteCheck.check(main.getCamelContext(), streams.values());
      Database.knownDialect(main.getCamelContext())
          .ifPresent(dialect -> StreamCheck.requireNames(streams.values(), dialect));
      cluster = Cluster.of(main.getCamelContext());
    } catch (RuntimeException e) {
      throw KeysCheck.placed(directory, LoadFailure.of(e, routes.own()));
    }
  }

  /**
   * Loads and checks routes and streams as the other does, with these properties instead of
   * application.properties, and leaves no trace in the JVM; it is not for being run.
   *
   * @throws SettingException if a setting is wrong, or a file cannot be read as routes
   */
  static Standalone toBeChecked(Path directory, Properties properties) {
    Standalone standalone =
        new Standalone(
            directory,
            RouteFiles.in(directory),
            main -> {
              main.setDefaultPropertyPlaceholderLocation("false");
              main.setInitialProperties(properties);
            });
    standalone.refuseWhatCannotRun();
    return standalone;
  }

  /**
   * Refuses what only a run would find out, without one: keys of database, page and demo, and
   * streams whose schedules never fire again.
   *
   * @throws SettingException naming the stream, the rule and the value
   */
  public void refuseWhatCannotRun() {
    refuseWhatCannotStart();
    try {
      SilentSchedules.refuse(main.getCamelContext(), streams.values());
    } catch (SettingException e) {
      throw LoadFailure.of(e, files.own());
    }
  }

  /** Camel itself would tell some of it only, after all is open, and without a line. */
  private void refuseWhatCannotStart() {
    try {
      Database.check(main.getCamelContext());
      Page.check(main.getCamelContext());
      Demo.check(main.getCamelContext());
      LogFormat.check(main.getCamelContext());
      RouteCheck.build(main.getCamelContext(), ownLocations());
    } catch (SettingException e) {
      throw KeysCheck.placed(directory, LoadFailure.of(e, files.own()));
    }
  }

  /** What is in the jar need not be checked at each start. */
  private Set<String> ownLocations() {
    Set<String> own = new HashSet<>(files.locations());
    own.removeIf(location -> location.startsWith("classpath:"));
    return own;
  }

  /** Loads the shared routes alone, as if there were no stream. */
  public static Standalone withoutStreams(Path directory) {
    return new Standalone(
        directory, RouteFiles.sharedIn(directory), main -> setProperties(main, directory));
  }

  /** The first place that has a key wins. */
  private static void setProperties(Main main, Path directory) {
    KeysCheck.check(directory);
    String own = "file:" + directory.resolve("application.properties") + ";optional=true";
    main.setDefaultPropertyPlaceholderLocation(own + "," + JAR_PROPERTIES);
  }

  /** Opens the database, and starts nothing, for {@code work}. */
  public <T> T withDatabase(DatabaseWork<T> work) throws Exception {
    try (Database database = Database.open(main.getCamelContext())) {
      return work.with(database.sql());
    }
  }

  /** Opens the database, makes and starts nothing, for {@code work} that only looks. */
  public <T> T withDatabaseToLook(DatabaseWork<T> work) throws Exception {
    Optional<Database> there = Database.openToLook(main.getCamelContext());
    if (there.isEmpty()) {
      return work.with(Database.emptySql());
    }
    try (Database database = there.get()) {
      return work.with(database.sqlToLook());
    }
  }

  /** What is done while nothing runs. */
  public interface DatabaseWork<T> {
    T with(JdbcTemplate sql) throws Exception;
  }

  /** Returns the schedule of each stream's trigger. */
  public Map<String, String> schedules() {
    return Trigger.schedules(main.getCamelContext());
  }

  public Map<String, StreamSettings> streams() {
    return streams;
  }

  /**
   * Returns the streams of these names; all of them where {@code names} is null.
   *
   * @throws SettingException if one is not there
   */
  public List<String> named(List<String> names) {
    if (names == null) {
      return List.copyOf(streams.keySet());
    }
    for (String name : names) {
      if (!streams.containsKey(name)) {
        throw new SettingException(Suggestion.unknownStream(name, new TreeSet<>(streams.keySet())));
      }
    }
    return names;
  }

  public CamelContext context() {
    return main.getCamelContext();
  }

  /** Has page, metrics and health served, as far as their keys say, once everything starts. */
  public Optional<StatusPage> serve() throws Exception {
    return Page.serve(main.getCamelContext());
  }

  /** Fires the triggers until the process is told to stop. */
  public void run() throws Exception {
    refuseWhatCannotStart();
    CamelContext context = main.getCamelContext();
    Database.refuseIfInUse(context);
    serve();
    try (ExitHook hook = ExitHook.add(main);
        Demo demo = Demo.start(context);
        Database database = Database.await(context, hook::isStopping)) {
      database.bind(context);
      cluster.join(context, database);
      main.addMainListener(new StreamsLine(streams.keySet(), files));
      main.run();
    }
  }

  /** Starts everything but the triggers, for {@code work}. */
  public <T> T withoutTriggers(Work<T> work) throws Exception {
    refuseWhatCannotStart();
    CamelContext context = main.getCamelContext();
    try (ExitHook hook = ExitHook.add(main);
        Demo demo = Demo.startUnlessItRuns(context);
        Database database = Database.open(context, Use.WORK)) {
      database.bind(context);
      T result = started(work);
      awaitOthers(database, hook);
      return result;
    }
  }

  /** Commands that were started meanwhile use the database through this one. */
  private static void awaitOthers(Database database, ExitHook hook) {
    if (database.isUsed()) {
      LoggerFactory.getLogger(Standalone.class) // no constant: how it logs is settled later
          .info("other commands use the database through this one, which waits for their end");
    }
    while (database.isUsed() && !hook.isStopping()) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /**
   * Starts everything but the triggers, for {@code work} that writes nothing; it goes on without
   * the database where that cannot be opened, and is told why.
   */
  public <T> T forTrial(Trial<T> work) throws Exception {
    refuseWhatCannotStart();
    CamelContext context = main.getCamelContext();
    try (ExitHook hook = ExitHook.add(main);
        Demo demo = Demo.startUnlessItRuns(context);
        OptionalDatabase database = OptionalDatabase.open(context)) {
      return started(started -> work.in(started, database.problem()));
    }
  }

  /** Returns why a run could not make the database; nothing where it could, or it is there. */
  public Optional<String> whyDatabaseCannotBeMade() {
    try {
      Database.requireMakeable(main.getCamelContext());
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of(Failures.message(e));
    }
  }

  /** Starts the routes alone, for {@code work} that needs no database. */
  public <T> T withoutDatabase(Work<T> work) throws Exception {
    refuseWhatCannotStart();
    CamelContext context = main.getCamelContext();
    try (ExitHook hook = ExitHook.add(main);
        Demo demo = Demo.startUnlessItRuns(context)) {
      return started(work);
    }
  }

  private <T> T started(Work<T> work) throws Exception {
    CamelContext context = main.getCamelContext();
    QuartzComponent quartz = context.getComponent("quartz", QuartzComponent.class);
    quartz.setAutoStartScheduler(false);
    if (quartz.getProperties() == null) {
      quartz.setProperties(withoutThreads());
    }
    main.start();
    try {
      return work.in(context);
    } finally {
      main.stop();
    }
  }

  /** Quartz's own threads are waited for, half a second, at each stop. */
  private static Properties withoutThreads() {
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", "DefaultQuartzScheduler");
    properties.setProperty("org.quartz.threadPool.class", ZeroSizeThreadPool.class.getName());
    return properties;
  }

  /** What is done while everything but the triggers runs. */
  public interface Work<T> {
    T in(CamelContext context) throws Exception;
  }

  /** What is done without writing; the database's problem is empty where it is open. */
  public interface Trial<T> {
    T in(CamelContext context, Optional<String> problem) throws Exception;
  }

  /** Runs a stream once, and returns how the run of its lowest lane ended. */
  public static Run run(CamelContext context, String stream, RunKind kind) throws Exception {
    return LaneRuns.of(context, stream, kind).get(0);
  }
}
