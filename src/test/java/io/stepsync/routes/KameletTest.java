package io.stepsync.routes;

import static io.stepsync.routes.KameletApplication.NEVER;
import static io.stepsync.routes.KameletApplication.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.run.Run;
import io.stepsync.store.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the records of a stream reach a route that uses the Kamelet stepsync-source. */
class KameletTest {

  @TempDir Path directory;

  private KameletApplication application;

  @BeforeEach
  void open() {
    application = new KameletApplication(directory);
  }

  @AfterEach
  void close() throws Exception {
    application.close();
  }

  private void failAt(long id, Exception failure) {
    Set<String> failing = new HashSet<>(records(id, id));
    application
        .mock("out")
        .whenAnyExchangeReceived(
            exchange -> {
              if (failing.remove(exchange.getMessage().getBody(String.class))) {
                throw failure;
              }
            });
  }

  @Test
  void each_record_reaches_the_route_once_as_json_in_the_order_of_the_ids() throws Exception {
    application.route("schedule: 0/1 * * * * ?", "- to: mock:out");
    application.start();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(
                        application.database.queryForList(
                            "SELECT status FROM stepsync_run WHERE status = 'caught_up'",
                            String.class))
                    .hasSizeGreaterThan(1));
    assertThat(application.texts("out")).isEqualTo(records(1, 2500));
    assertThat(application.checkpoint("order")).isEqualTo(2501);
    assertThat(application.mock("out").getReceivedExchanges())
        .allMatch(
            exchange ->
                "application/json".equals(exchange.getMessage().getHeader("Content-Type"))
                    && "order".equals(exchange.getVariable("stream"))
                    && !exchange.getPattern().isOutCapable());
  }

  @Test
  void the_checkpoint_stays_where_the_route_fails_and_the_next_run_gives_the_window_again()
      throws Exception {
    application.route("", "- to: mock:out");
    application.start();
    failAt(1700, new IOException("broker is down"));
    Run failed = application.sync("order");
    assertThat(failed.getError()).contains("window 1001..2000: broker is down");
    assertThat(application.checkpoint("order")).isEqualTo(1001);
    assertThat(application.texts("out")).isEqualTo(records(1, 1700));
    application.mock("out").reset();
    assertThat(application.sync("order").getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(application.texts("out")).isEqualTo(records(1001, 2500));
  }

  @Test
  void a_database_behind_the_route_that_refuses_a_record_fails_the_run() throws Exception {
    application.route("", "- to: mock:out");
    application.start();
    failAt(2, new SQLException("no such customer", "23503"));
    assertThat(application.sync("order").getError()).contains("window 1..1000: no such customer");
    assertThat(application.database.queryForList("SELECT * FROM stepsync_dead_letter")).isEmpty();
  }

  @Test
  void a_record_that_the_routes_dead_letter_channel_took_is_answered_and_the_others_go_on()
      throws Exception {
    application.context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(deadLetterChannel("mock:dead"));
            from("kamelet:stepsync-source?stream=order&maxGap=0&url=%s&schedule=%s"
                    .formatted(application.api.url(), NEVER))
                .to("mock:out");
          }
        });
    application.start();
    failAt(2, new IOException("poison"));
    assertThat(application.sync("order").getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(application.texts("dead")).isEqualTo(records(2, 2));
    assertThat(application.texts("out")).isEqualTo(records(1, 2500));
  }

  @Test
  void a_route_that_stops_at_a_record_gets_the_others() throws Exception {
    application.route(
        "",
        """
        - filter:
            jsonpath: $[?(@.id == 2)]
            steps: [ { stop: {} } ]
        - to: mock:out
        """
            .replace("jsonpath: $[?(@.id == 2)]", "simple: ${body} contains '\"id\":2,'"));
    application.start();
    assertThat(application.sync("order").getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(application.texts("out")).hasSize(2499).doesNotContainAnyElementsOf(records(2, 2));
  }

  @Test
  void two_streams_side_by_side_have_their_own_records_and_checkpoints() throws Exception {
    application.route("order", "maxId: 1500", "- to: mock:order");
    application.route("late", "initialId: 2000", "- to: mock:late");
    application.start();
    application.sync("order");
    application.sync("late");
    assertThat(application.texts("order")).isEqualTo(records(1, 1500));
    assertThat(application.texts("late")).isEqualTo(records(2000, 2500));
    assertThat(application.checkpoint("order")).isEqualTo(1501);
    assertThat(application.checkpoint("late")).isEqualTo(2501);
  }
}
