package io.stepsync.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stepsync.LongestWait;
import io.stepsync.Stream;
import io.stepsync.api.RunResult.Status;
import io.stepsync.verify.VerifyReport;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.jdbc.core.JdbcTemplate;

/** On HSQLDB, whose driver takes an interrupt for none and loses it. */
class InterruptedCallsTest extends OrderApplication {

  private final CountDownLatch atWork = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @BeforeEach
  void addSlowRoute() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:slow").process(exchange -> waitHere()).to("direct:stepsync-upsert");
          }
        });
  }

  @AfterEach
  void goOn() {
    goOn.countDown();
  }

  private void waitHere() {
    atWork.countDown();
    LongestWait.awaitOpen(goOn);
  }

  /** What a call returned, on what thread, and whether that was interrupted afterwards. */
  private record Outcome<T>(T returned, boolean interrupted) {}

  private static final class Call<T> {
    private volatile Thread thread;
    private final Future<Outcome<T>> outcome;

    Call(ExecutorService threads, Callable<T> call) {
      outcome =
          threads.submit(
              () -> {
                thread = Thread.currentThread();
                return new Outcome<>(call.call(), Thread.interrupted());
              });
    }
  }

  private static <T> Outcome<T> interrupted(Callable<T> call) throws Exception {
    Thread.currentThread().interrupt();
    return new Outcome<>(call.call(), Thread.interrupted());
  }

  private String told(String sql) {
    return String.join(" ", new JdbcTemplate(dataSource).queryForList(sql, String.class));
  }

  private void assertRowsFitCheckpoint() {
    assertThat(told("SELECT COALESCE(MAX(\"id\"), 0) + 1 FROM \"order\""))
        .isEqualTo(String.valueOf(stepsync.checkpoint("order").orElse(1)));
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "3, 3", "3, 1"})
  void a_run_that_waits_for_an_answer_ends_at_once(int lanes, int fetchAhead) throws Exception {
    Stream order = order();
    order.setLanes(lanes);
    order.setMaxId(3000L);
    order.setFetchAhead(fetchAhead);
    stepsync.add("order", order);
    api.onRequest(this::waitHere);
    Call<RunResult> run = new Call<>(threads, () -> stepsync.run("order"));
    LongestWait.awaitOpen(atWork);

    run.thread.interrupt();

    Outcome<RunResult> outcome = run.outcome.get();
    assertThat(outcome.returned().status()).isEqualTo(Status.PAUSED);
    assertThat(outcome.interrupted()).isTrue();
    assertThat(told("SELECT DISTINCT status FROM stepsync_run")).isEqualTo("paused");
    goOn.countDown();
    assertThat(stepsync.run("order").orThrow().upserted()).isEqualTo(1500);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void a_run_that_writes_ends_behind_its_window(int fetchAhead) throws Exception {
    Stream order = order();
    order.setSink("direct:slow");
    order.setStepSize(100);
    order.setFetchAhead(fetchAhead);
    stepsync.add("order", order);
    Call<RunResult> run = new Call<>(threads, () -> stepsync.run("order"));
    LongestWait.awaitOpen(atWork);
    run.thread.interrupt();
    await().until(() -> !run.thread.isInterrupted()); // it was told
    goOn.countDown();

    Outcome<RunResult> outcome = run.outcome.get();
    assertThat(outcome.returned().status()).isEqualTo(Status.PAUSED);
    assertThat(outcome.interrupted()).isTrue();
    assertThat(outcome.returned().upserted()).isPositive().isLessThan(1500);
    assertRowsFitCheckpoint();
    assertThat(stepsync.run("order").orThrow().status()).isEqualTo(Status.CAUGHT_UP);
    assertThat(told("SELECT COUNT(*) FROM \"order\"")).isEqualTo("1500");
  }

  @Test
  void a_verify_that_waits_for_an_answer_ends_at_once() throws Exception {
    stepsync.add("order", order());
    stepsync.run("order").orThrow();
    api.onRequest(this::waitHere);
    Call<VerifyReport> verify = new Call<>(threads, () -> stepsync.verify("order"));
    LongestWait.awaitOpen(atWork);

    verify.thread.interrupt();

    Outcome<VerifyReport> outcome = verify.outcome.get();
    assertThat(outcome.returned().complete()).isFalse();
    assertThat(outcome.interrupted()).isTrue();
    goOn.countDown();
    assertThat(stepsync.verify("order").isEqual()).isTrue();
  }

  @Test
  void a_thread_that_was_interrupted_before_stays_so() throws Exception {
    assertThat(
            interrupted(
                () -> {
                  stepsync.add("order", order(), "0 0 0 1 1 ? 2099");
                  return true;
                }))
        .isEqualTo(new Outcome<>(true, true));
    Outcome<RunResult> run = interrupted(() -> stepsync.run("order"));
    assertThat(run.interrupted()).isTrue();
    assertThat(run.returned().status()).isEqualTo(Status.PAUSED);
    stepsync.run("order").orThrow();
    assertThat(interrupted(() -> stepsync.refresh("order")).interrupted()).isTrue();
    assertThat(interrupted(() -> stepsync.verify("order")).interrupted()).isTrue();
    Outcome<Long> checkpoint = interrupted(() -> stepsync.checkpoint("order").orElseThrow());
    assertThat(checkpoint).isEqualTo(new Outcome<>(1501L, true));
    assertThat(interrupted(() -> stepsync.pause("order"))).isEqualTo(new Outcome<>(true, true));
    assertThat(interrupted(() -> stepsync.resume("order"))).isEqualTo(new Outcome<>(true, true));
    assertThat(stepsync.verify("order").isEqual()).isTrue();
  }

  @Test
  void interrupts_at_any_moment_lose_neither_rows_nor_the_flag() throws Exception {
    Stream order = order();
    order.setStepSize(10);
    order.setMaxStepSize(10L);
    stepsync.add("order", order);
    int stopped = 0;
    for (int i = 0; i < 200; i++) {
      int before = api.requests();
      Call<RunResult> run = new Call<>(threads, () -> stepsync.run("order"));
      int asked = i % 5;
      await().until(() -> api.requests() > before + asked || run.outcome.isDone());
      if (run.outcome.isDone()) {
        break;
      }
      run.thread.interrupt();
      Outcome<RunResult> outcome = run.outcome.get();
      assertThat(outcome.returned().error()).isEmpty();
      assertThat(outcome.interrupted()).isTrue();
      assertRowsFitCheckpoint();
      stopped++;
    }
    assertThat(stopped).isPositive();
    stepsync.run("order").orThrow();
    assertThat(told("SELECT COUNT(*) FROM \"order\"")).isEqualTo("1500");
  }

  @Test
  void what_a_thread_puts_into_each_log_line_is_in_those_of_its_runs() throws Exception {
    stepsync.add("order", order());
    String[] seen = new String[1];
    MDC.put("request", "r-7");
    try {
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:stepsync-notify").process(exchange -> seen[0] = MDC.get("request"));
            }
          });
      stepsync.run("order").orThrow();
    } finally {
      MDC.clear();
    }
    assertThat(seen[0]).isEqualTo("r-7");
  }
}
