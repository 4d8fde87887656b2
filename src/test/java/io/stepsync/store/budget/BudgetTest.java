package io.stepsync.store.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BudgetTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicBoolean over = new AtomicBoolean();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private Budget budget(String limit, Budget.Shared shared) {
    return new Budget(
        "budget shop", BudgetLimit.parse("stepsync.budget.shop", limit), shared, over::get);
  }

  /** A stream has a request that waits when this returns. */
  private Future<?> request(Budget budget, String stream, List<String> made) {
    int waiting = budget.waiting();
    Future<?> request =
        threads.submit(
            () -> {
              try (Budget.Turn turn = budget.await(stream)) {
                made.add(stream);
              }
              return null;
            });
    await().until(() -> budget.waiting() > waiting);
    return request;
  }

  @Test
  void a_stream_with_nine_requests_and_one_with_two_take_turns() throws Exception {
    Budget budget = budget("1000/s, burst 100, at most 1 at once", Budget.Shared.NOT);
    List<String> made = new CopyOnWriteArrayList<>();
    List<Future<?>> requests = new ArrayList<>();
    try (Budget.Turn first = budget.await("user")) {
      for (int i = 0; i < 9; i++) {
        requests.add(request(budget, "user", made));
      }
      requests.add(request(budget, "order", made));
      requests.add(request(budget, "order", made));
      assertThat(made).isEmpty();
    }
    for (Future<?> request : requests) {
      request.get();
    }

    assertThat(made.subList(0, 5)).containsExactly("user", "order", "user", "order", "user");
    assertThat(made).hasSize(11);
  }

  @Test
  void a_request_that_needs_another_first_keeps_its_place() throws Exception {
    Budget budget = budget("1000/s, at most 1 at once", Budget.Shared.NOT);
    List<String> made = new CopyOnWriteArrayList<>();
    Future<?> other;
    try (Budget.Turn first = budget.await("user")) {
      other = request(budget, "order", made);
      first.again();
      assertThat(made).isEmpty();
    }
    other.get();
    assertThat(made).containsExactly("order");
  }

  @Test
  void what_one_stream_is_told_holds_all_back_in_all_processes() throws Exception {
    List<Duration> told = new ArrayList<>();
    Budget budget =
        budget(
            "1000/s",
            new Budget.Shared() {
              @Override
              public Budget.Grant take(int requests) throws SQLException {
                return Budget.Shared.NOT.take(requests);
              }

              @Override
              public void hold(Duration wait) {
                told.add(wait);
              }
            });
    budget.holdBack("user", HOUR);
    budget.holdBack("user", HOUR.dividedBy(2));
    List<String> made = new CopyOnWriteArrayList<>();
    Future<?> held = request(budget, "order", made);

    assertThat(told).containsExactly(HOUR);
    over.set(true);
    assertThatThrownBy(held::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(RejectedExecutionException.class);
    assertThat(made).isEmpty();
    assertThat(budget.waiting()).isZero();
  }

  @Test
  void what_another_process_was_told_holds_this_one_back() throws Exception {
    List<Integer> asked = new CopyOnWriteArrayList<>();
    Budget budget =
        budget(
            "1000/s",
            requests -> {
              asked.add(requests);
              return new Budget.Grant(HOUR, List.of());
            });
    List<String> made = new CopyOnWriteArrayList<>();
    Future<?> held = request(budget, "order", made);
    await().until(() -> !asked.isEmpty());
    Future<?> other = request(budget, "user", made);
    over.set(true);

    assertThatThrownBy(held::get).hasCauseInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(other::get).hasCauseInstanceOf(RejectedExecutionException.class);
    assertThat(asked).hasSize(1);
    assertThat(made).isEmpty();
  }

  @Test
  void a_request_fails_with_what_the_database_says_and_the_next_asks_again() throws Exception {
    AtomicBoolean away = new AtomicBoolean(true);
    Budget budget =
        budget(
            "1000/s",
            requests -> {
              if (away.getAndSet(false)) {
                throw new SQLException("away");
              }
              return Budget.Shared.NOT.take(requests);
            });

    assertThatThrownBy(() -> budget.await("user")).isInstanceOf(SQLException.class);
    budget.await("user").close();
    assertThat(budget.waiting()).isZero();
  }

  @Test
  void who_is_interrupted_waits_no_longer() {
    Budget budget = budget("1000/s", Budget.Shared.NOT);
    budget.holdBack("user", HOUR);
    Future<?> held = request(budget, "order", new ArrayList<>());
    held.cancel(true);

    await().until(() -> budget.waiting() == 0);
  }
}
