package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.stepsync.Stream;
import io.stepsync.camel.StepsyncRoutes;
import io.stepsync.main.Standalone;
import io.stepsync.store.RunKind;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What an application with stepsync's jar sees of its streams, if it asks for that. */
class EmbeddedMonitoringTest {

  private final CamelContext context = new DefaultCamelContext();
  private final RangeApi api = new RangeApi().users(1, 3);
  private final Stream stream = new Stream();

  @AfterEach
  void close() throws Exception {
    context.close();
    api.close();
  }

  private void start() throws Exception {
    stream.setUrl(api.url());
    stream.setTable("user");
    stream.setPrimaryKey("id");
    stream.setColumns(Workspace.USER_COLUMNS);
    stream.setMaxGap(1000L);
    context.getRegistry().bind("user", stream);
    String database = "jdbc:hsqldb:mem:" + UUID.randomUUID();
    context
        .getRegistry()
        .bind("warehouse", new DriverManagerDataSource(database + ";hsqldb.tx=mvcc", "SA", ""));
    context.getPropertiesComponent().addOverrideProperty("stepsync.migrate", "true");
    context.getComponent("quartz", QuartzComponent.class).setAutoStartScheduler(false);
    StepsyncRoutes.addTo(context);
    TemplatedRouteBuilder.builder(context, "step-size-sync")
        .routeId("user-sync")
        .parameter("stream", "user")
        .parameter("schedule", "0 0 0 1 1 ? 2099")
        .add();
    context.start();
  }

  @Test
  void its_meter_registry_has_the_meters() throws Exception {
    MeterRegistry meters = new SimpleMeterRegistry();
    context.getRegistry().bind("theirs", meters);
    start();
    assertThat(meters.get("stepsync.records").tag("stream", "user").counter().count()).isZero();
    Standalone.run(context, "user", RunKind.DRY_RUN);
    assertThat(meters.get("stepsync.records").tag("stream", "user").counter().count()).isZero();
    Standalone.run(context, "user", RunKind.SYNC);
    assertThat(meters.get("stepsync.records").tag("stream", "user").counter().count()).isEqualTo(3);
  }

  @Test
  void its_health_is_down_while_a_stream_fails_again_and_again() throws Exception {
    start();
    assertThat(stateOfOurs()).isEqualTo(HealthCheck.State.UP);
    api.status((firstId, lastId) -> 418);
    for (int run = 1; run <= 3; run++) {
      assertThat(stateOfOurs()).isEqualTo(HealthCheck.State.UP);
      Standalone.run(context, "user", RunKind.SYNC);
    }
    assertThat(stateOfOurs()).isEqualTo(HealthCheck.State.DOWN);
    api.status((firstId, lastId) -> 200);
    Standalone.run(context, "user", RunKind.SYNC);
    assertThat(stateOfOurs()).isEqualTo(HealthCheck.State.UP);
    assertThat(HealthCheckHelper.invokeLiveness(context)).noneMatch(EmbeddedMonitoringTest::isOurs);
  }

  private HealthCheck.State stateOfOurs() {
    return HealthCheckHelper.invokeReadiness(context).stream()
        .filter(EmbeddedMonitoringTest::isOurs)
        .findFirst()
        .orElseThrow()
        .getState();
  }

  private static boolean isOurs(HealthCheck.Result result) {
    return result.getCheck().getId().equals("stream-user");
  }
}
