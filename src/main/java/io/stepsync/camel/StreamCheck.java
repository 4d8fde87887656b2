package io.stepsync.camel;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.StreamSettings;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.Dialects;
import io.stepsync.jdbc.Names;
import io.stepsync.steps.StateSteps;
import io.stepsync.store.ApplicationDataSource;
import io.stepsync.store.OwnTables;
import io.stepsync.store.budget.Budgets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.quartz.CronExpression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to start a Camel context in which a stream has a wrong setting or no trigger. It is asked
 * after all routes are built, and before the first of them runs; Camel asks it again whenever a
 * route is added later, which a {@link StreamEdit} does one by one.
 */
public final class StreamCheck implements StartupListener {

  private static final Logger LOG = LoggerFactory.getLogger(StreamCheck.class);

  private static final String MIGRATE = "stepsync.migrate";
  private static final String DIRECT = "direct:";
  private static final String RUN = "direct:stepsync-run";
  private static final String TABLE = "direct:stepsync-upsert";

  /**
   * @throws SettingException naming the stream, the rule and the value
   */
  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted)
      throws SQLException {
    if (StreamEdit.isOpenIn(context)) {
      return;
    }
    if (!alreadyStarted) {
      Map<String, StreamSettings> streams = check(context);
      tellUnnamedBudgets(context, streams.values());
      begin(context, streams);
      return;
    }
    try {
      LaneTriggers.add(context);
      begin(context, checkEach(context, UnscheduledStreams.of(context).andScheduled(context)));
    } catch (SQLException | RuntimeException e) {
      Trigger.removeUnstarted(context); // else all that is added later would be refused as well
      throw e;
    }
  }

  private static void begin(CamelContext context, Map<String, StreamSettings> streams)
      throws SQLException {
    requireExchanges(context, streams);
    tellSilent(context, streams);
    if (!streams.isEmpty()
        && !OwnTables.areMissingToLook(context, ApplicationDataSource.find(context))) {
      DataSource dataSource = requireTables(context);
      ApplicationTransactions.check(context);
      checkWithDatabase(streams.values(), dataSource);
      context
          .getRegistry()
          .findByType(StreamsListener.class)
          .forEach(listener -> listener.checked(context, streams.values(), dataSource));
    }
  }

  /** A pooled exchange is used again before the route that called with it has read its end. */
  private static void requireExchanges(CamelContext context, Map<String, StreamSettings> streams) {
    if (!streams.isEmpty() && context.getCamelContextExtension().getExchangeFactory().isPooled()) {
      throw new SettingException(
          "the Camel context's exchange factory must be the default one"
              + " (camel.main.exchange-factory), was a pooled one");
    }
  }

  private static void tellSilent(CamelContext context, Map<String, StreamSettings> streams) {
    Map<String, String> schedules = Trigger.schedules(context);
    streams.forEach(
        (name, stream) ->
            SilentSchedules.problem(stream, schedules.get(name))
                .ifPresent(problem -> LOG.warn("{}: {}", name, problem)));
  }

  private static void tellUnnamedBudgets(CamelContext context, Collection<StreamSettings> streams) {
    if (!streams.isEmpty()) {
      Budgets.of(context)
          .unnamed(streams)
          .forEach(name -> LOG.warn("no stream has the budget of {}{}", Budgets.PREFIX, name));
    }
  }

  private static DataSource requireTables(CamelContext context) throws SQLException {
    DataSource dataSource = ApplicationDataSource.find(context);
    if (isToMigrate(context)) {
      migrate(dataSource);
    }
    if (!OwnTables.areIn(dataSource)) {
      throw new SettingException(
          "the tables of stepsync must be in the database: "
              + MIGRATE
              + "=true makes them, or the SQL in stepsync/db of the jar");
    }
    return dataSource;
  }

  private static boolean isToMigrate(CamelContext context) {
    String text = context.getPropertiesComponent().resolveProperty(MIGRATE).orElse("false").strip();
    if (!text.equals("true") && !text.equals("false")) {
      throw new SettingException(MIGRATE + " must be true or false, was " + text);
    }
    return text.equals("true");
  }

  private static void migrate(DataSource dataSource) throws SQLException {
    try {
      OwnTables.migrate(dataSource);
    } catch (NoClassDefFoundError e) {
      throw new SettingException(
          MIGRATE + "=true needs Flyway and its module for the database on the class path", e);
    }
  }

  /**
   * Returns the streams of a context whose routes are loaded, by their names, in alphabetical
   * order.
   *
   * @throws SettingException naming the stream, the rule and the value
   */
  public static Map<String, StreamSettings> check(CamelContext context) {
    StateSteps.runsKept(context);
    isToMigrate(context);
    Map<String, StreamSettings> streams =
        checkEach(context, context.getRegistry().findByTypeWithName(Stream.class).keySet());
    Set<String> triggered = UnscheduledStreams.of(context).andScheduled(context);
    for (String name : streams.keySet()) {
      if (!triggered.contains(name)) {
        throw new SettingException(
            "stream "
                + name
                + ": there must be a templatedRoute of step-size-sync for it, or a route from "
                + PlainTrigger.from(name)
                + " to "
                + PlainTrigger.TO);
      }
    }
    return streams;
  }

  /**
   * As {@link #check}, and asks the database which names of tables are those of one table, and
   * whether it takes them all.
   *
   * @throws SQLException if the database cannot be asked
   */
  public static void checkWithDatabase(CamelContext context) throws SQLException {
    checkWithDatabase(check(context).values(), ApplicationDataSource.find(context));
  }

  private static void checkWithDatabase(Collection<StreamSettings> streams, DataSource dataSource)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      requireNames(streams, Dialects.of(connection));
      SharedTables.refuse(streams, connection);
    }
  }

  /**
   * Refuses a stream whose table or columns have names that the database does not take as they are.
   *
   * @throws SettingException naming the stream, the rule and the value
   */
  public static void requireNames(Collection<StreamSettings> streams, Dialect dialect) {
    for (StreamSettings stream : streams) {
      try {
        Names.require(stream.table(), dialect);
      } catch (IllegalArgumentException e) {
        throw new SettingException("stream " + stream.name() + ": " + e.getMessage(), e);
      }
    }
  }

  private static Map<String, StreamSettings> checkEach(CamelContext context, Set<String> names) {
    Map<String, StreamSettings> streams = streams(context, names);
    Map<String, String> triggered = new HashMap<>();
    for (Trigger trigger : Trigger.of(context)) {
      checkTrigger(trigger, streams.keySet());
      String other = triggered.put(trigger.stream(), trigger.routeId());
      if (other != null) {
        throw new SettingException(
            "stream %s: there must be one trigger for it, were two, the routes %s and %s"
                .formatted(trigger.stream(), other, trigger.routeId()));
      }
    }
    streams.forEach((name, stream) -> checkRefresh(name, stream.refresh().schedule()));
    Budgets.of(context).check(streams.values(), Suggestion::of);
    SharedTables.refuse(streams.values());
    Set<String> directs = Components.directs(context);
    if (!streams.isEmpty() && !directs.contains(RUN)) {
      throw MissingTemplate.refusal();
    }
    refuseTaps(context);
    for (StreamSettings stream : streams.values()) {
      checkEndpoint(context, stream.name(), "transform", stream.transform(), directs);
      checkEndpoint(context, stream.name(), "sink", stream.sink(), directs);
      checkEndpoint(context, stream.name(), "recordSink", stream.recordSink(), directs);
    }
    return streams;
  }

  private static Map<String, StreamSettings> streams(CamelContext context, Set<String> names) {
    Map<String, StreamSettings> streams = new TreeMap<>();
    for (String name : names) {
      Stream stream = context.getRegistry().lookupByNameAndType(name, Stream.class);
      if (stream != null) {
        streams.put(name, stream.checked(name));
      }
    }
    return streams;
  }

  /** A window commits without the rows that are only tapped off: they could be lost. */
  private static void refuseTaps(CamelContext context) {
    for (RouteDefinition route : Components.model(context).getRouteDefinitions()) {
      for (WireTapDefinition<?> tap :
          ProcessorDefinitionHelper.filterTypeInOutputs(
              route.getOutputs(), WireTapDefinition.class)) {
        if (tap.getUri() != null
            && Components.plain(context.resolvePropertyPlaceholders(tap.getUri())).equals(TABLE)) {
          throw new SettingException(
              "route %s: %s must be called by to, as no window waits for a wireTap"
                  .formatted(route.getRouteId(), TABLE));
        }
      }
    }
  }

  /** Without a route, each record would wait for one for half a minute. */
  private static void checkEndpoint(
      CamelContext context, String stream, String setting, String text, Set<String> directs) {
    if (text == null) {
      return;
    }
    String about = "stream " + stream + ": " + setting;
    String endpoint = context.resolvePropertyPlaceholders(text);
    if (endpoint.startsWith(DIRECT) && !directs.contains(Components.plain(endpoint))) {
      throw new SettingException(
          about
              + " must be an endpoint that a route takes from, was "
              + endpoint
              + Suggestion.of(Components.plain(endpoint), directs));
    }
    if (!endpoint.contains(":")) {
      throw new SettingException(about + " must be an endpoint, scheme:path, was " + endpoint);
    }
    Components.require(
        context,
        about + " must be an endpoint of a component that is there:",
        endpoint.split(":", 2)[0]);
  }

  private static void checkTrigger(Trigger trigger, Set<String> streams) {
    if (!streams.contains(trigger.stream())) {
      throw new SettingException(
          "stream "
              + trigger.stream()
              + ": there must be a bean of type io.stepsync.Stream with this name"
              + Suggestion.of(trigger.stream(), streams));
    }
    trigger
        .unknownParameter()
        .ifPresent(
            name -> {
              throw new SettingException(
                  "stream "
                      + trigger.stream()
                      + ": "
                      + trigger.rule()
                      + ", was "
                      + name
                      + Suggestion.of(name, Set.of("stream", "schedule")));
            });
    checkCron(trigger.stream(), "schedule", trigger.schedule());
  }

  private static void checkRefresh(String stream, String schedule) {
    if (schedule != null) {
      checkCron(stream, "refreshSchedule", schedule);
    }
  }

  static void checkCron(String stream, String setting, String cron) {
    if (!CronExpression.isValidExpression(cron)) {
      throw new SettingException(
          "stream "
              + stream
              + ": "
              + setting
              + " must be a Quartz cron expression, was "
              + cron
              + CronText.inQuartz(cron));
    }
  }
}
