package io.stepsync.routes;

import io.stepsync.camel.StepsyncRoutes;
import io.stepsync.main.Standalone;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A Camel application of another's with an API of 2,500 records, for routes with the Kamelet. */
final class KameletApplication implements AutoCloseable {

  static final String NEVER = "0 0 0 1 1 ? 2099";

  final CamelContext context = new DefaultCamelContext();
  final RangeApi api = new RangeApi();
  final JdbcTemplate database;

  KameletApplication(Path directory) {
    DataSource dataSource =
        new DriverManagerDataSource(
            "jdbc:hsqldb:file:" + directory + "/db;hsqldb.lock_file=false;hsqldb.tx=mvcc",
            "SA",
            "");
    database = new JdbcTemplate(dataSource);
    context.getRegistry().bind("warehouse", dataSource);
    property("stepsync.migrate", "true");
    api.records(1, 2500, id -> "{\"id\": " + id + ", \"price\": 1.50}");
  }

  void property(String key, String value) {
    context.getPropertiesComponent().addOverrideProperty(key, value);
  }

  void start() throws Exception {
    StepsyncRoutes.addTo(context);
    context.start();
  }

  /** Adds a route of the user's, whose records are taken by {@code steps}. */
  void route(String stream, String more, String steps) throws Exception {
    String yaml =
        """
        - route:
            id: mine-%1$s
            from:
              uri: kamelet:stepsync-source
              parameters:
                stream: %1$s
                url: %2$s
                maxGap: 0
        %3$s
              steps:
        %4$s
        """
            .formatted(
                stream, api.url(), indented(scheduled(more)), indented(steps).stripTrailing());
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(List.of(ResourceHelper.fromString(stream + ".camel.yaml", yaml)));
  }

  private static String scheduled(String more) {
    return more.contains("schedule:") ? more : "schedule: " + NEVER + "\n" + more;
  }

  private static String indented(String lines) {
    return lines.strip().indent(8);
  }

  void route(String more, String steps) throws Exception {
    route("order", more, steps);
  }

  MockEndpoint mock(String name) {
    return context.getEndpoint("mock:" + name, MockEndpoint.class);
  }

  List<String> texts(String mock) {
    return mock(mock).getReceivedExchanges().stream()
        .map(exchange -> exchange.getMessage().getBody(String.class))
        .toList();
  }

  static List<String> records(long firstId, long lastId) {
    return LongStream.rangeClosed(firstId, lastId)
        .mapToObj(id -> "{\"id\":" + id + ",\"price\":1.50}")
        .toList();
  }

  Run sync(String stream) throws Exception {
    return Standalone.run(context, stream, RunKind.SYNC);
  }

  Long checkpoint(String stream) {
    return database.queryForObject(
        "SELECT current_id FROM stepsync_state WHERE stream = ?", Long.class, stream);
  }

  @Override
  public void close() throws Exception {
    context.close();
    api.close();
    database.execute("SHUTDOWN");
  }
}
