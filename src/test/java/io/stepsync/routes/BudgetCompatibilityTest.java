package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.main.Standalone;
import io.stepsync.run.Run;
import io.stepsync.store.OwnTables;
import io.stepsync.store.RunKind;
import io.stepsync.store.budget.Budget.Grant;
import io.stepsync.store.budget.BudgetLimit;
import io.stepsync.store.budget.SharedBudget;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** How all databases keep the requests that several processes may make together. */
abstract class BudgetCompatibilityTest extends DatabaseTest {

  private static final Duration QUARTER = Duration.ofMillis(250);

  /** A clock that stands still. */
  private static final String NOW = "1700000000000000";

  private DataSource migrated;

  /** Each connection is one of its own, as another process would have. */
  private DataSource dataSource() throws SQLException {
    if (migrated == null) {
      migrated =
          new DriverManagerDataSource(database.url(), database.username(), database.password());
      OwnTables.migrate(migrated);
    }
    return migrated;
  }

  @AfterEach
  void closeBudgets() throws SQLException {
    if (migrated != null) {
      workspace.execute("delete from stepsync_budget");
    }
  }

  private SharedBudget budget(String clock) throws SQLException {
    return budget(clock, "4/s");
  }

  private SharedBudget budget(String clock, String limit) throws SQLException {
    return new SharedBudget(dataSource(), clock, "user", limit(limit));
  }

  private static BudgetLimit limit(String text) {
    return BudgetLimit.parse("stepsync.budget.user", text);
  }

  private static Duration take(SharedBudget budget) throws SQLException {
    return budget.take(1).waits().get(0);
  }

  /** The moments of requests that are planned at once, behind that moment. */
  private static List<Duration> each(Duration interval, int requests) {
    return LongStream.range(0, requests).mapToObj(interval::multipliedBy).toList();
  }

  @Test
  void processes_that_ask_at_once_share_one_row_of_moments() throws Exception {
    dataSource();
    ExecutorService processes = Executors.newFixedThreadPool(6);
    try {
      List<Callable<List<Duration>>> takers =
          IntStream.range(0, 6).<Callable<List<Duration>>>mapToObj(i -> () -> takes(10)).toList();
      List<Duration> waits = new ArrayList<>();
      for (Future<List<Duration>> taker : processes.invokeAll(takers)) {
        List<Duration> own = taker.get();
        assertThat(own).isSorted();
        waits.addAll(own);
      }
      assertThat(waits).containsExactlyInAnyOrderElementsOf(each(QUARTER, 60));
    } finally {
      processes.shutdownNow();
    }
  }

  private List<Duration> takes(int requests) throws SQLException {
    SharedBudget budget = budget(NOW);
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      waits.add(take(budget));
    }
    return waits;
  }

  @Test
  void what_was_not_asked_for_a_while_is_not_made_up_for() throws Exception {
    assertThat(takes(3)).isEqualTo(each(QUARTER, 3));

    SharedBudget later = budget(NOW + " + 3600000000");
    assertThat(take(later)).isZero();
    assertThat(take(later)).isEqualTo(QUARTER);
  }

  @Test
  void a_clock_that_is_set_back_costs_no_more_than_what_is_planned() throws Exception {
    take(budget(NOW));

    SharedBudget earlier = budget(NOW + " - 3600000000");
    assertThat(take(earlier)).isEqualTo(QUARTER);
  }

  @Test
  void the_rate_that_was_asked_for_last_holds_for_all() throws Exception {
    SharedBudget first = budget(NOW, "1/min");
    take(first);
    SharedBudget second = budget(NOW);

    assertThat(take(second)).isEqualTo(QUARTER);
    assertThat(take(first)).isEqualTo(QUARTER.multipliedBy(2));
  }

  @Test
  void a_stream_has_a_budget_of_its_own() throws Exception {
    SharedBudget other = new SharedBudget(dataSource(), NOW, "USER", limit("4/s"));

    assertThat(take(budget(NOW))).isZero();
    assertThat(take(other)).isZero();
  }

  @Test
  void the_time_is_that_of_the_database() throws Exception {
    SharedBudget one = SharedBudget.in(dataSource(), "user", limit("1/h"));
    SharedBudget two = SharedBudget.in(dataSource(), "user", limit("1/h"));
    Duration hour = Duration.ofHours(1);

    assertThat(take(one)).isZero();
    assertThat(take(two)).isGreaterThan(hour.minusMinutes(10)).isLessThanOrEqualTo(hour);
    assertThat(take(one)).isGreaterThan(hour).isLessThanOrEqualTo(hour.multipliedBy(2));
  }

  @Test
  void several_requests_are_taken_at_once_and_a_burst_is_free() throws Exception {
    SharedBudget burst = budget(NOW, "4/s, burst 3");

    assertThat(burst.take(5).waits())
        .containsExactly(
            Duration.ZERO, Duration.ZERO, Duration.ZERO, QUARTER, QUARTER.multipliedBy(2));
    assertThat(take(burst)).isEqualTo(QUARTER.multipliedBy(3));
  }

  @Test
  void what_holds_one_process_back_holds_all_as_long_as_the_longest() throws Exception {
    Duration minute = Duration.ofMinutes(1);
    budget(NOW).hold(minute);
    budget(NOW).hold(minute.dividedBy(2));

    assertThat(budget(NOW).take(2)).isEqualTo(new Grant(minute, List.of()));
    assertThat(budget(NOW + " + 59000000").take(2).held()).isEqualTo(Duration.ofSeconds(1));
    assertThat(budget(NOW + " + 60000000").take(2).waits()).containsExactly(Duration.ZERO, QUARTER);
  }

  @Test
  void a_run_keeps_to_the_budget() throws Exception {
    stream(workspace, 20, "stepSize: 25");
    AtomicReference<Arrivals> arrivals = new AtomicReference<>();

    Run run =
        workspace
            .load()
            .withoutTriggers(
                context -> {
                  arrivals.set(new Arrivals(api));
                  return Standalone.run(context, "user", RunKind.SYNC);
                });

    assertThat(run.getError()).isEmpty();
    arrivals.get().assertNoMoreThan(20);
    assertThat(workspace.query("select count(*) from \"user\"")).containsExactly("500");
    assertThat(workspace.query("select stream from stepsync_budget")).containsExactly("user");
  }

  void stream(Workspace in, int clusterRequestsPerSecond, String more) throws Exception {
    api.users(1, 500);
    in.userStream(
        api.url(),
        "maxGap: 0\nclusterRequestsPerSecond: %d\n%s".formatted(clusterRequestsPerSecond, more));
  }
}
