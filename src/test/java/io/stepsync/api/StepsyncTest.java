package io.stepsync.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stepsync.LongestWait;
import io.stepsync.SettingException;
import io.stepsync.Stream;
import io.stepsync.api.RunResult.Status;
import io.stepsync.camel.StepsyncRoutes;
import io.stepsync.run.StreamMemory;
import io.stepsync.verify.VerifyReport;
import io.stepsync.verify.VerifyScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ExchangeFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class StepsyncTest extends OrderApplication {

  private static final String NEVER = "0 0 0 1 1 ? 2099";

  private long rows() {
    return new JdbcTemplate(dataSource)
        .queryForObject("SELECT COUNT(*) FROM \"order\"", Long.class);
  }

  @Test
  void a_stream_without_a_schedule_runs_when_it_is_told_to() {
    Stepsync stepsync = Stepsync.in(context);
    stepsync.add("order", order());
    RunResult result = stepsync.run("order").orThrow();

    assertThat(result.status()).isEqualTo(Status.CAUGHT_UP);
    assertThat(result.records()).isEqualTo(1500);
    assertThat(result.upserted()).isEqualTo(1500);
    assertThat(result.error()).isEmpty();
    assertThat(rows()).isEqualTo(1500);
    assertThat(stepsync.checkpoint("order")).hasValue(1501);
    assertThat(stepsync.refresh("order").unchanged()).isEqualTo(1500);
    assertThat(context.getComponentNames()).doesNotContain("quartz");
  }

  @Test
  void all_lanes_of_a_stream_run_and_their_counters_are_added() {
    Stream lanes = order();
    lanes.setMaxId(2000L);
    lanes.setLanes(2);
    stepsync.add("order", lanes);
    assertThat(stepsync.checkpoint("order")).isEmpty();
    assertThat(stepsync.run("order").orThrow().upserted()).isEqualTo(1500);
    assertThat(rows()).isEqualTo(1500);
  }

  @Test
  void a_run_that_fails_tells_why() {
    stepsync.add("order", order());
    api.status((firstId, lastId) -> 418);

    RunResult result = stepsync.run("order");

    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.error().orElseThrow()).startsWith("window 1..1000: ").contains("418");
    assertThatThrownBy(result::orThrow)
        .isInstanceOf(RunFailedException.class)
        .hasMessageStartingWith("stream order: window 1..1000: ");
  }

  @Test
  void a_run_is_no_part_of_a_transaction_of_the_application() {
    stepsync.add("order", order());
    TransactionTemplate transaction =
        new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    assertThatThrownBy(() -> transaction.execute(status -> stepsync.run("order")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "stream order: a run must not be part of a transaction, as each window commits");
    assertThat(stepsync.run("order").orThrow().upserted()).isEqualTo(1500);
  }

  @Test
  void a_run_is_skipped_while_another_goes_on() throws Exception {
    stepsync.add("order", order());
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    api.onRequest(
        () -> {
          asked.countDown();
          LongestWait.awaitOpen(answer);
        });
    Future<RunResult> first = threads.submit(() -> stepsync.run("order"));
    LongestWait.awaitOpen(asked);

    assertThat(stepsync.run("order").status()).isEqualTo(Status.SKIPPED);
    assertThat(stepsync.refresh("order").orThrow().status()).isEqualTo(Status.SKIPPED);

    answer.countDown();
    assertThat(first.get().status()).isEqualTo(Status.CAUGHT_UP);
    assertThat(stepsync.run("order").status()).isEqualTo(Status.CAUGHT_UP);
  }

  @Test
  void a_stream_with_a_schedule_has_a_trigger_until_it_is_removed() throws Exception {
    stepsync.add("order", order(), NEVER);
    assertThat(context.getRouteController().getRouteStatus("order-sync"))
        .isEqualTo(ServiceStatus.Started);
    stepsync.run("order").orThrow();
    stepsync.remove("order");
    assertThat(context.getRoute("order-sync")).isNull();
    assertThatThrownBy(() -> stepsync.run("order"))
        .isInstanceOf(SettingException.class)
        .hasMessage("stream must be one of [], was order");
    assertThat(rows()).isEqualTo(1500);

    stepsync.add("order", order(), NEVER);
    assertThat(stepsync.run("order").orThrow().upserted()).isZero();
  }

  @Test
  void a_run_under_way_ends_behind_its_window_when_its_stream_is_removed() throws Exception {
    Stream slow = order();
    slow.setStepSize(100);
    slow.setFetchAhead(0);
    stepsync.add("order", slow);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    api.onRequest(
        () -> {
          asked.countDown();
          LongestWait.awaitOpen(answer);
        });
    Future<RunResult> run = threads.submit(() -> stepsync.run("order"));
    LongestWait.awaitOpen(asked);
    Future<?> removal =
        threads.submit(
            () -> {
              stepsync.remove("order");
              return null;
            });
    await().until(() -> StreamMemory.of(context, "order").isClosed());
    answer.countDown();

    assertThat(run.get().status()).isEqualTo(Status.PAUSED);
    removal.get();
    assertThat(rows()).isEqualTo(run.get().records());
  }

  @Test
  void a_stream_is_added_whole_or_not_at_all() throws Exception {
    Stream wrong = order();
    wrong.setStepSize(0);
    for (String schedule : new String[] {null, NEVER}) {
      assertThatThrownBy(() -> add(wrong, schedule))
          .isInstanceOf(SettingException.class)
          .hasMessage("stream order: stepSize must be >= 1, was 0");
    }
    assertThatThrownBy(() -> add(order(), "every day"))
        .hasMessageStartingWith("stream order: schedule must be a Quartz cron expression");
    assertThatThrownBy(() -> add(order(), "0 0 2 30 2 ?"))
        .hasMessage(
            "stream order: schedule must be a cron expression that fires again, was 0 0 2 30 2 ?");
    Stream sink = order();
    sink.setSink("direct:nobody");
    assertThatThrownBy(() -> add(sink, NEVER))
        .hasMessageStartingWith("stream order: sink must be an endpoint that a route takes from");

    assertThat(context.getRegistry().lookupByName("order")).isNull();
    assertThat(context.getRoute("order-sync")).isNull();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:theirs").routeId("theirs").to("log:theirs");
          }
        });
    assertThat(context.getRouteController().getRouteStatus("theirs"))
        .isEqualTo(ServiceStatus.Started);
    add(order(), NEVER);
    assertThat(stepsync.run("order").orThrow().upserted()).isEqualTo(1500);
  }

  private void add(Stream stream, String schedule) {
    if (schedule == null) {
      stepsync.add("order", stream);
    } else {
      stepsync.add("order", stream, schedule);
    }
  }

  @Test
  void what_is_there_is_not_replaced() throws Exception {
    stepsync.add("order", order());
    Stream other = order();
    other.setTable("other");
    assertThatThrownBy(() -> stepsync.add("order", other))
        .hasMessage("stream order: there must be no other bean of this name");
    assertThatThrownBy(() -> stepsync.add("warehouse", other))
        .hasMessage("stream warehouse: there must be no other bean of this name");
    Stream deleting = order();
    deleting.setDeletes("hard");
    assertThatThrownBy(() -> stepsync.add("archive", deleting))
        .hasMessageStartingWith(
            "stream archive: deletes must be ignore, as stream order writes table order too");
    assertThat(stepsync.run("order").orThrow().upserted()).isEqualTo(1500);
  }

  @Test
  void a_verify_tells_what_differs_of_all_or_of_some_ids() {
    stepsync.add("order", order());
    stepsync.run("order").orThrow();
    assertThat(stepsync.verify("order").isEqual()).isTrue();
    assertThat(stepsync.verify("order").records()).isEqualTo(1500);

    new JdbcTemplate(dataSource).update("DELETE FROM \"order\" WHERE \"id\" = 7");
    assertThat(stepsync.verify("order").missing()).isEqualTo(1);
    VerifyReport part = stepsync.verify("order", VerifyScope.of("8-20", null, null));
    assertThat(part.isEqual()).isTrue();
    assertThat(part.records()).isEqualTo(13);
    VerifyReport sample = stepsync.verify("order", VerifyScope.of(null, 1, 42L));
    assertThat(sample.seed()).isEqualTo(42);
    assertThat(sample.windows()).isEqualTo(1);
  }

  @Test
  void a_verify_of_what_is_not_there_is_refused_and_one_that_is_broken_off_tells_why() {
    assertThatThrownBy(() -> stepsync.verify("order"))
        .isInstanceOf(SettingException.class)
        .hasMessage("stream must be one of [], was order");
    stepsync.add("order", order());
    assertThatThrownBy(() -> stepsync.verify("order"))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("stream order: ");
    stepsync.run("order").orThrow();
    assertThatThrownBy(() -> stepsync.verify("order", VerifyScope.of("1400-1600", null, null)))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("stream order: ids must be below the checkpoint");
    api.status((firstId, lastId) -> 418);
    assertThat(stepsync.verify("order").error()).contains("418");
    assertThat(stepsync.verify("order").isEqual()).isFalse();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void a_stream_needs_a_name(String name) {
    assertThatThrownBy(() -> stepsync.add(name, order()))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("the name of a stream must not be blank, was ");
    String long201 = "x".repeat(201);
    assertThatThrownBy(() -> stepsync.add(long201, order()))
        .isInstanceOf(SettingException.class)
        .hasMessage("the name of a stream must have at most 200 characters, had 201: " + long201);
    assertThatThrownBy(() -> stepsync.add("order", null))
        .isInstanceOf(SettingException.class)
        .hasMessage("stream order: there must be a Stream, was null");
    assertThat(context.getRegistry().findByType(Stream.class)).isEmpty();
  }

  @Test
  void a_stream_without_a_schedule_runs_after_its_context_was_suspended() throws Exception {
    stepsync.add("order", order());
    context.suspend();
    assertThatThrownBy(() -> stepsync.run("order"))
        .hasMessage("the Camel context must have started");
    context.resume();
    assertThat(stepsync.run("order").orThrow().records()).isEqualTo(1500);
  }

  @Test
  void a_paused_stream_runs_by_hand_alone() {
    stepsync.add("order", order(), NEVER);
    assertThat(stepsync.pause("order")).isTrue();
    assertThat(stepsync.pause("order")).isFalse();
    assertThat(stepsync.run("order").status()).isEqualTo(Status.CAUGHT_UP);
    assertThat(stepsync.resume("order")).isTrue();
    assertThat(stepsync.resume("order")).isFalse();
  }

  /** Returns what two threads that begin at the same moment came to: a value, or an error. */
  private List<Object> bothAtOnce(Callable<Object> action) throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    Callable<Object> each =
        () -> {
          together.await();
          try {
            return action.call();
          } catch (RuntimeException e) {
            return e;
          }
        };
    List<Object> outcomes = new ArrayList<>();
    for (Future<Object> outcome : threads.invokeAll(List.of(each, each))) {
      outcomes.add(outcome.get());
    }
    return outcomes;
  }

  @RepeatedTest(5)
  void of_two_who_pause_resume_or_remove_a_stream_at_once_one_does_it() throws Exception {
    stepsync.add("order", order(), NEVER);

    assertThat(bothAtOnce(() -> stepsync.pause("order"))).containsExactlyInAnyOrder(true, false);
    assertThat(bothAtOnce(() -> stepsync.resume("order"))).containsExactlyInAnyOrder(true, false);
    List<Object> removed =
        bothAtOnce(
            () -> {
              stepsync.remove("order");
              return "removed";
            });

    assertThat(removed).contains("removed");
    assertThat(removed)
        .filteredOn(outcome -> !outcome.equals("removed"))
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .isInstanceOf(SettingException.class)
                    .asString()
                    .contains("stream must be one of [], was order"));
    assertThat(context.getRoute("order-sync")).isNull();
    assertThat(context.getRegistry().lookupByName("order")).isNull();
    stepsync.add("order", order(), NEVER);
    assertThat(stepsync.run("order").orThrow().upserted()).isEqualTo(1500);
  }

  @Test
  void a_context_that_has_not_started_is_told_rather_than_that_there_is_no_such_stream()
      throws Exception {
    try (CamelContext early = new DefaultCamelContext()) {
      Stepsync unstarted = Stepsync.in(early);

      for (Executable call :
          List.<Executable>of(
              () -> unstarted.run("order"),
              () -> unstarted.verify("order"),
              () -> unstarted.checkpoint("order"),
              () -> unstarted.pause("order"),
              () -> unstarted.resume("order"))) {
        assertThatThrownBy(call::execute)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("the Camel context must have started");
      }
    }
  }

  @Test
  void routes_that_have_not_started_are_told_at_once() throws Exception {
    stepsync.add("order", order());
    context.getRouteController().stopRoute("stepsync-run");

    assertThatThrownBy(() -> stepsync.run("order"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the routes of the Camel context must have started, stepsync-run was Stopped");
  }

  @Test
  void a_pooled_exchange_factory_is_refused() throws Exception {
    try (CamelContext pooled = new DefaultCamelContext()) {
      pooled
          .getCamelContextExtension()
          .setExchangeFactory(
              pooled
                  .getInjector()
                  .newInstance(
                      pooled
                          .getClassResolver()
                          .resolveMandatoryClass(
                              "org.apache.camel.impl.engine.PooledExchangeFactory",
                              ExchangeFactory.class)));
      pooled.getRegistry().bind("warehouse", dataSource);
      pooled.getPropertiesComponent().addOverrideProperty("stepsync.migrate", "true");
      StepsyncRoutes.addTo(pooled);
      pooled.start();

      assertThatThrownBy(() -> Stepsync.in(pooled).add("order", order()))
          .isInstanceOf(SettingException.class)
          .hasMessage(
              "the Camel context's exchange factory must be the default one"
                  + " (camel.main.exchange-factory), was a pooled one");
    }
  }

  @Test
  void a_name_with_a_placeholder_is_refused() {
    assertThatThrownBy(() -> stepsync.add("order-{{region}}", order()))
        .isInstanceOf(SettingException.class)
        .hasMessage("the name of a stream must have no placeholder, was \"order-{{region}}\"");
  }
}
