package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.api.Stepsync;
import io.stepsync.camel.StepsyncRoutes;
import io.stepsync.main.Standalone;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.DeadLetterChannelBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.model.InterceptDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.support.SimpleRegistry;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** stepsync's jar in a Camel context that is another's. */
class EmbeddingTest {

  @TempDir Path directory;

  private CamelContext context = new DefaultCamelContext();
  private final RangeApi api = new RangeApi();
  private DataSource dataSource;

  @BeforeEach
  void open() {
    dataSource = dataSource("data");
  }

  @AfterEach
  void close() throws Exception {
    context.close();
    api.close();
    new JdbcTemplate(dataSource).execute("SHUTDOWN");
  }

  private DataSource dataSource(String name) {
    String file = directory.resolve(name) + "/db";
    return new DriverManagerDataSource(
        "jdbc:hsqldb:file:" + file + ";hsqldb.lock_file=false;hsqldb.tx=mvcc", "SA", "");
  }

  private Stream user() {
    Stream stream = new Stream();
    stream.setUrl(api.url());
    stream.setTable("user");
    stream.setPrimaryKey("id");
    stream.setColumns(Workspace.USER_COLUMNS);
    stream.setMaxGap(1000L);
    stream.setRetries(0);
    return stream;
  }

  private void embed() throws Exception {
    context.getRegistry().bind("user", user());
    context.getComponent("quartz", QuartzComponent.class).setAutoStartScheduler(false);
    StepsyncRoutes.addTo(context);
    trigger("user");
  }

  private void trigger(String stream) {
    TemplatedRouteBuilder.builder(context, "step-size-sync")
        .routeId(stream + "-sync")
        .parameter("stream", stream)
        .parameter("schedule", "0 0 0 1 1 ? 2099")
        .add();
  }

  private void migrate() {
    property("stepsync.migrate", "true");
  }

  private void property(String key, String value) {
    context.getPropertiesComponent().addOverrideProperty(key, value);
  }

  private Run sync() throws Exception {
    return Standalone.run(context, "user", RunKind.SYNC);
  }

  private Long users() {
    return new JdbcTemplate(dataSource).queryForObject("SELECT COUNT(*) FROM \"user\"", Long.class);
  }

  private SettingException refusal() {
    Throwable[] thrown = new Throwable[1];
    assertThatThrownBy(context::start).satisfies(e -> thrown[0] = e);
    return ObjectHelper.getException(SettingException.class, thrown[0]);
  }

  @Test
  void a_stream_in_a_plain_context_is_synced_into_the_only_data_source() throws Exception {
    api.users(1, 1500);
    context.getRegistry().bind("warehouse", dataSource);
    migrate();
    embed();
    context.start();
    assertThat(sync().getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(users()).isEqualTo(1500);
  }

  /** As Hibernate's users often have it, to spare a statement. */
  @Test
  void a_pool_that_leaves_commits_to_its_users_will_do() throws Exception {
    api.users(1, 1500);
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setJdbcUrl(((DriverManagerDataSource) dataSource).getUrl());
      pool.setUsername("SA");
      pool.setAutoCommit(false);
      context.getRegistry().bind("warehouse", pool);
      migrate();
      embed();
      context.start();
      assertThat(sync().getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
      assertThat(Stepsync.in(context).pause("user")).isTrue();
      assertThat(Stepsync.in(context).resume("user")).isTrue();
      try (Connection connection = pool.getConnection()) {
        assertThat(connection.getAutoCommit()).isFalse();
      }
    }
    assertThat(users()).isEqualTo(1500);
    assertThat(
            new JdbcTemplate(dataSource)
                .queryForList("SELECT status FROM stepsync_run", String.class))
        .containsExactly("caught_up");
  }

  @Test
  void streams_can_be_added_to_a_context_that_runs() throws Exception {
    api.users(1, 3);
    context.getRegistry().bind("warehouse", dataSource);
    migrate();
    context.getComponent("quartz", QuartzComponent.class).setAutoStartScheduler(false);
    StepsyncRoutes.addTo(context);
    context.start();
    context.getRegistry().bind("user", user());
    context.getRegistry().bind("later", user());
    for (String stream : List.of("user", "later")) {
      trigger(stream);
    }
    assertThat(sync().getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    Stream wrong = user();
    wrong.setStepSize(0);
    context.getRegistry().bind("wrong", wrong);
    assertThatThrownBy(() -> trigger("wrong"))
        .hasMessage("stream wrong: stepSize must be >= 1, was 0");
    assertThat(context.getRoute("wrong-sync")).isNull();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:theirs").routeId("theirs").to("mock:theirs");
          }
        });
    assertThat(context.getRouteController().getRouteStatus("theirs"))
        .isEqualTo(ServiceStatus.Started);
    assertThat(sync().getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
  }

  @Test
  void a_stream_that_would_delete_the_rows_of_another_is_refused_and_does_not_start()
      throws Exception {
    context.getRegistry().bind("warehouse", dataSource);
    migrate();
    embed();
    context.start();
    Stream archive = user();
    archive.setDeletes("hard");
    context.getRegistry().bind("archive", archive);

    assertThatThrownBy(() -> trigger("archive"))
        .hasMessage(
            "stream archive: deletes must be ignore, as stream user writes table user too, was"
                + " hard; give each stream a table of its own");
    assertThat(context.getRoute("archive-sync")).isNull();

    archive.setTable("archive");
    trigger("archive");
    assertThat(context.getRouteController().getRouteStatus("archive-sync"))
        .isEqualTo(ServiceStatus.Started);
    assertThat(sync().getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"before it starts", "while it runs"})
  void each_lane_of_a_stream_has_a_trigger_whenever_the_stream_is_added(String when)
      throws Exception {
    context.getRegistry().bind("warehouse", dataSource);
    migrate();
    context.getComponent("quartz", QuartzComponent.class).setAutoStartScheduler(false);
    StepsyncRoutes.addTo(context);
    if (when.equals("while it runs")) {
      context.start();
    }
    Stream shared = user();
    shared.setMaxId(1500L);
    shared.setLanes(3);
    context.getRegistry().bind("user", shared);
    trigger("user");
    context.start();

    for (String route : List.of("user-sync", "user-sync-lane-1", "user-sync-lane-2")) {
      assertThat(context.getRouteController().getRouteStatus(route))
          .isEqualTo(ServiceStatus.Started);
    }
    assertThat(context.getRoute("user-sync-lane-3")).isNull();
  }

  @Test
  void the_jar_alone_starts_nothing_and_asks_for_nothing() throws Exception {
    StepsyncRoutes.addTo(context);
    context.start();
    assertThat(context.getRoutes())
        .allMatch(route -> route.getEndpoint().getEndpointUri().startsWith("direct://stepsync-"));
    assertThat(
            new JdbcTemplate(dataSource)
                .queryForList(
                    "SELECT * FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'"))
        .isEmpty();
    assertThat(context.getComponentNames()).doesNotContain("quartz");
  }

  @Test
  void a_stream_without_a_data_source_stops_the_start() throws Exception {
    embed();
    assertThat(refusal()).hasMessage("there must be a bean of type javax.sql.DataSource, was none");
  }

  @Test
  void of_two_data_sources_one_must_be_named() throws Exception {
    context.getRegistry().bind("one", dataSource);
    context.getRegistry().bind("two", dataSource("other"));
    migrate();
    embed();
    assertThat(refusal()).hasMessage("stepsync.data-source must be one of [one, two], was not set");
  }

  @Test
  void the_data_source_that_is_named_takes_the_tables() throws Exception {
    api.users(1, 3);
    context.getRegistry().bind("one", dataSource("other"));
    context.getRegistry().bind("two", dataSource);
    property("stepsync.data-source", "two");
    migrate();
    embed();
    context.start();
    sync();
    assertThat(users()).isEqualTo(3);
  }

  @Test
  void tables_are_made_only_when_asked() throws Exception {
    context.getRegistry().bind("warehouse", dataSource);
    embed();
    assertThat(refusal())
        .hasMessage(
            "the tables of stepsync must be in the database: stepsync.migrate=true makes them, or"
                + " the SQL in stepsync/db of the jar");
  }

  @Test
  void transactions_on_another_data_source_are_refused_at_the_start() throws Exception {
    context.getRegistry().bind("one", dataSource);
    context.getRegistry().bind("two", new DataSourceTransactionManager(dataSource("other")));
    migrate();
    embed();
    assertThat(refusal())
        .hasMessageStartingWith(
            "stepsync.transaction-manager must name a transaction manager of stepsync's data"
                + " source");
  }

  @Test
  void
      of_several_data_sources_and_transaction_managers_those_are_taken_that_the_application_prefers()
          throws Exception {
    api.users(1, 3);
    DataSource other = dataSource("other");
    Preferring beans = new Preferring();
    beans.bind("a", DataSource.class, other);
    beans.bind("b", DataSource.class, dataSource);
    beans.bind("c", PlatformTransactionManager.class, new DataSourceTransactionManager(other));
    beans.bind("d", PlatformTransactionManager.class, new DataSourceTransactionManager(dataSource));
    context.close();
    context = new DefaultCamelContext(false);
    context.getCamelContextExtension().setRegistry(beans);
    context.build();
    migrate();
    embed();
    context.start();
    assertThat(sync().getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(users()).isEqualTo(3);
  }

  /** Beans of which the last is preferred, as that of Spring which is @Primary. */
  private static final class Preferring extends SimpleRegistry {
    @Override
    public <T> T findSingleByType(Class<T> type) {
      return findByTypeWithName(type).entrySet().stream()
          .filter(bean -> bean.getKey().length() == 1)
          .max(Map.Entry.comparingByKey())
          .map(Map.Entry::getValue)
          .orElse(null);
    }
  }

  @Test
  void a_pattern_for_routes_that_leaves_those_of_the_jar_out_is_refused() throws Exception {
    Path own = directory.resolve("own");
    Files.createDirectories(own);
    Files.writeString(
        own.resolve("user.camel.yaml"),
        Workspace.streamFile("user", Workspace.userSettings(api.url(), ""), Workspace.NEVER));
    Main main = new Main();
    main.bind("warehouse", dataSource);
    main.configure().withRoutesIncludePattern("file:" + own + "/*");
    assertThatThrownBy(main::start)
        .hasMessageContaining(
            "stepsync's routes must be in the Camel context: a routesIncludePattern of its own must"
                + " have classpath:camel-template/* too");
    main.stop();
  }

  @Test
  void the_applications_transaction_manager_is_used() throws Exception {
    api.users(1, 3);
    context.getRegistry().bind("one", dataSource);
    context.getRegistry().bind("two", new DataSourceTransactionManager(dataSource));
    migrate();
    embed();
    context.start();
    sync();
    assertThat(users()).isEqualTo(3);
  }

  @Test
  void beside_an_application_with_its_own_everything_each_keeps_to_itself() throws Exception {
    context.getRegistry().bind("warehouse", dataSource);
    migrate();
    context.getGlobalOptions().put("CamelJacksonEnableTypeConverter", "true");
    context
        .getCamelContextExtension()
        .setErrorHandlerFactory(new DeadLetterChannelBuilder("mock:dead"));
    context.setStreamCaching(true);
    context.setTracing(true);
    context.setUseMDCLogging(true);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            onException(Exception.class).handled(true).to("mock:handled");
            intercept().to("mock:intercepted");
            from("direct:ids")
                .routeId("run")
                .setBody()
                .constant(1)
                .id("write")
                .to("mock:x")
                .id("sink");
            from("direct:theirs")
                .routeId("theirs")
                .transacted("stepsyncTransaction")
                .throwException(new IllegalStateException("theirs"));
          }
        });
    context.addRoutes(
        new RouteConfigurationBuilder() {
          @Override
          public void configuration() {
            routeConfiguration().onException(Exception.class).handled(true).to("mock:configured");
            routeConfiguration().intercept().to("mock:intercepted");
          }
        });
    embed();
    context.start();
    assertThat(
            context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions())
        .filteredOn(route -> "stepsync".equals(route.getGroup()))
        .hasSizeGreaterThan(25)
        .allSatisfy(
            route ->
                assertThat(
                        route.getOutputs().stream()
                            .filter(
                                step ->
                                    step instanceof InterceptDefinition
                                        || step instanceof OnExceptionDefinition)
                            .map(step -> step.toString())
                            .filter(step -> step.contains("mock:")))
                    .as(route.getId())
                    .isEmpty());
    api.users(1, 2500);
    assertThat(sync().getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(users()).isEqualTo(2500);
    api.status((firstId, lastId) -> 503);
    Run failed = sync();
    assertThat(failed.getStatus()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.getError().orElseThrow()).contains("503");
    api.status((firstId, lastId) -> 200).users(2501, 2600);
    new JdbcTemplate(dataSource).execute("ALTER TABLE stepsync_run DROP COLUMN bytes");
    Run unwritten = sync();
    assertThat(unwritten.getStatus()).isEqualTo(RunStatus.FAILED);
    assertThat(users()).isEqualTo(2500);
    for (String mock : List.of("handled", "intercepted", "configured", "dead")) {
      assertThat(context.getEndpoint("mock:" + mock, MockEndpoint.class).getReceivedExchanges())
          .describedAs(mock)
          .isEmpty();
    }
    context.createProducerTemplate().sendBody("direct:theirs", Map.of());
    assertThat(context.getEndpoint("mock:handled", MockEndpoint.class).getReceivedExchanges())
        .hasSize(1);
  }
}
