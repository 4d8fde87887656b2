package io.stepsync.camel;

import static java.util.stream.Collectors.toSet;

import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.StreamSettings;
import io.stepsync.jdbc.OwnTables;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.quartz.CronExpression;

/**
 * Refuses to start a Camel context in which a stream has a wrong setting or no trigger. It is asked
 * after all routes are built, and before the first of them runs; Camel asks it again whenever a
 * route is added later, which a {@link StreamEdit} does one by one.
 */
public final class StreamCheck implements StartupListener {

  private static final String MIGRATE = "stepsync.migrate";
  private static final String DIRECT = "direct:";
  private static final Set<String> TEMPLATE_PARAMETERS = Set.of("stream", "schedule");

  /**
   * @throws SettingException naming the stream, the rule and the value
   */
  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted)
      throws SQLException {
    if (StreamEdit.isOpenIn(context)) {
      return;
    }
    // to a context that runs, streams and triggers are added one by one
    Map<String, StreamSettings> streams = alreadyStarted ? checkEach(context) : check(context);
    if (!streams.isEmpty()) {
      requireTables(context);
    }
  }

  private static void requireTables(CamelContext context) throws SQLException {
    DataSource dataSource = ApplicationDataSource.find(context);
    if (context
        .getPropertiesComponent()
        .resolveProperty(MIGRATE)
        .filter("true"::equals)
        .isPresent()) {
      migrate(dataSource);
    }
    if (!OwnTables.areIn(dataSource)) {
      throw new SettingException(
          "the tables of stepsync must be in the database: "
              + MIGRATE
              + "=true makes them, or the SQL in stepsync/db of the jar");
    }
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
    Map<String, StreamSettings> streams = checkEach(context);
    Set<String> triggered = new HashSet<>();
    for (RouteDefinition route : triggers(context)) {
      triggered.add(resolved(context, route.getTemplateParameters().get("stream")));
    }
    for (String name : streams.keySet()) {
      if (!triggered.contains(name)) {
        throw new SettingException(
            "stream " + name + ": there must be a templatedRoute of step-size-sync for it");
      }
    }
    return streams;
  }

  private static Map<String, StreamSettings> checkEach(CamelContext context) {
    Map<String, StreamSettings> streams = streams(context);
    for (RouteDefinition route : triggers(context)) {
      checkTrigger(context, route, streams.keySet());
    }
    streams.forEach((name, stream) -> checkRefresh(name, stream.refresh().schedule()));
    Set<String> directs = directs(context);
    for (StreamSettings stream : streams.values()) {
      checkDirect(stream.name(), "transform", stream.transform(), directs);
      checkDirect(stream.name(), "sink", stream.sink(), directs);
    }
    return streams;
  }

  private static Map<String, StreamSettings> streams(CamelContext context) {
    Map<String, StreamSettings> streams = new TreeMap<>();
    context
        .getRegistry()
        .findByTypeWithName(Stream.class)
        .forEach((name, stream) -> streams.put(name, stream.checked(name)));
    return streams;
  }

  private static Set<String> directs(CamelContext context) {
    return routes(context).stream()
        .map(route -> route.getInput().getEndpointUri())
        .filter(uri -> uri.startsWith(DIRECT))
        .map(uri -> plain(resolved(context, uri)))
        .collect(toSet());
  }

  /** Without a route, each record would wait for one for half a minute. */
  private static void checkDirect(
      String stream, String setting, String endpoint, Set<String> directs) {
    if (endpoint != null && endpoint.startsWith(DIRECT) && !directs.contains(plain(endpoint))) {
      throw new SettingException(
          "stream "
              + stream
              + ": "
              + setting
              + " must be an endpoint that a route takes from, was "
              + endpoint);
    }
  }

  private static String plain(String uri) {
    return uri.split("\\?", 2)[0].replaceFirst("://", ":");
  }

  private static List<RouteDefinition> routes(CamelContext context) {
    return context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions();
  }

  private static List<RouteDefinition> triggers(CamelContext context) {
    return routes(context).stream()
        .filter(RouteDefinition::isCreatedFromTemplate)
        .filter(route -> route.getTemplateParameters().containsKey("schedule"))
        .toList();
  }

  private static void checkTrigger(
      CamelContext context, RouteDefinition route, Set<String> streams) {
    Map<String, Object> parameters = route.getTemplateParameters();
    String stream = resolved(context, parameters.get("stream"));
    if (!streams.contains(stream)) {
      throw new SettingException(
          "stream " + stream + ": there must be a bean of type io.stepsync.Stream with this name");
    }
    for (String name : parameters.keySet()) {
      if (!TEMPLATE_PARAMETERS.contains(name)) {
        throw new SettingException(
            "stream " + stream + ": the parameters are stream and schedule, was " + name);
      }
    }
    String schedule = resolved(context, parameters.get("schedule"));
    checkCron(stream, "schedule", schedule);
  }

  private static void checkRefresh(String stream, String schedule) {
    if (schedule != null) {
      checkCron(stream, "refreshSchedule", schedule);
    }
  }

  private static void checkCron(String stream, String setting, String cron) {
    if (!CronExpression.isValidExpression(cron)) {
      throw new SettingException(
          "stream " + stream + ": " + setting + " must be a Quartz cron expression, was " + cron);
    }
  }

  private static String resolved(CamelContext context, Object parameter) {
    return context.resolvePropertyPlaceholders(String.valueOf(parameter));
  }
}
