package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.main.Standalone;
import io.stepsync.run.Run;
import io.stepsync.store.OwnTables;
import io.stepsync.store.RunKind;
import io.stepsync.store.SharedBudget;
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
    return new SharedBudget(dataSource(), clock, "user");
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
      waits.add(budget.take(QUARTER));
    }
    return waits;
  }

  @Test
  void what_was_not_asked_for_a_while_is_not_made_up_for() throws Exception {
    assertThat(takes(3)).isEqualTo(each(QUARTER, 3));

    SharedBudget later = budget(NOW + " + 3600000000");
    assertThat(later.take(QUARTER)).isZero();
    assertThat(later.take(QUARTER)).isEqualTo(QUARTER);
  }

  @Test
  void a_clock_that_is_set_back_costs_no_more_than_what_is_planned() throws Exception {
    budget(NOW).take(QUARTER);

    SharedBudget earlier = budget(NOW + " - 3600000000");
    assertThat(earlier.take(QUARTER)).isEqualTo(QUARTER);
  }

  @Test
  void the_rate_that_was_asked_for_last_holds_for_all() throws Exception {
    SharedBudget first = budget(NOW);
    first.take(Duration.ofMinutes(1));
    SharedBudget second = budget(NOW);

    assertThat(second.take(QUARTER)).isEqualTo(QUARTER);
    assertThat(first.take(Duration.ofMinutes(1))).isEqualTo(QUARTER.multipliedBy(2));
  }

  @Test
  void a_stream_has_a_budget_of_its_own() throws Exception {
    SharedBudget other = new SharedBudget(dataSource(), NOW, "USER");

    assertThat(budget(NOW).take(QUARTER)).isZero();
    assertThat(other.take(QUARTER)).isZero();
  }

  @Test
  void the_time_is_that_of_the_database() throws Exception {
    SharedBudget one = SharedBudget.in(dataSource(), "user");
    SharedBudget two = SharedBudget.in(dataSource(), "user");
    Duration hour = Duration.ofHours(1);

    assertThat(one.take(hour)).isZero();
    assertThat(two.take(hour)).isGreaterThan(hour.minusMinutes(10)).isLessThanOrEqualTo(hour);
    assertThat(one.take(hour)).isGreaterThan(hour).isLessThanOrEqualTo(hour.multipliedBy(2));
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
