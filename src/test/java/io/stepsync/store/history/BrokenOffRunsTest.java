package io.stepsync.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.store.alive.RunProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class BrokenOffRunsTest {

  private static final String ELSEWHERE = "4711@elsewhere - -";
  private static final Duration CHECK_IN = Duration.ofSeconds(2);

  private final JdbcTemplate sql =
      new JdbcTemplate(
          new DriverManagerDataSource("jdbc:hsqldb:mem:broken-off;sql.syntax_pgs=true", "SA", ""));

  @AfterEach
  void close() {
    sql.execute("DROP SCHEMA PUBLIC CASCADE");
  }

  private void cluster() {
    sql.execute(
        "CREATE TABLE QRTZ_SCHEDULER_STATE (SCHED_NAME VARCHAR(120), INSTANCE_NAME VARCHAR(200),"
            + " LAST_CHECKIN_TIME BIGINT, CHECKIN_INTERVAL BIGINT)");
  }

  private void checkIn(String node, Duration ago) {
    sql.update(
        "INSERT INTO QRTZ_SCHEDULER_STATE VALUES ('stepsync', ?, ?, ?)",
        node,
        Instant.now().minus(ago).toEpochMilli(),
        CHECK_IN.toMillis());
  }

  private StreamState told(String status, String node, String process) {
    StoredRun run =
        new StoredRun(
            "r",
            "user",
            0,
            1,
            "sync",
            Instant.EPOCH,
            null,
            status,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            null,
            null,
            null,
            null,
            node,
            process);
    return new BrokenOffRuns(sql).told(List.of(run)).get(0).state();
  }

  @Test
  void a_run_of_this_process_goes_on_as_long_as_its_row_says_so() {
    assertThat(told("running", null, RunProcess.own().text())).isEqualTo(StreamState.RUNNING);
    assertThat(told("caught_up", null, RunProcess.own().text())).isEqualTo(StreamState.CAUGHT_UP);
    assertThat(told("broken_off", null, null)).isEqualTo(StreamState.BROKEN_OFF);
  }

  @Test
  void a_node_of_another_machine_is_taken_by_its_word_as_long_as_it_checks_in() {
    cluster();
    checkIn("alice", Duration.ofSeconds(3));
    checkIn("bob", Duration.ofMinutes(1));

    assertThat(told("running", "alice", ELSEWHERE)).isEqualTo(StreamState.RUNNING);
    assertThat(told("running", "bob", ELSEWHERE)).isEqualTo(StreamState.BROKEN_OFF);
    assertThat(told("running", "carol", null)).isEqualTo(StreamState.BROKEN_OFF);
  }

  @Test
  void of_another_machine_without_a_cluster_nothing_is_known() {
    assertThat(told("running", null, ELSEWHERE)).isEqualTo(StreamState.RUNNING_OR_BROKEN_OFF);
    assertThat(told("running", null, null)).isEqualTo(StreamState.RUNNING_OR_BROKEN_OFF);
    assertThat(told("running", "alice", ELSEWHERE))
        .as("whose tables are gone")
        .isEqualTo(StreamState.RUNNING_OR_BROKEN_OFF);
  }

  @Test
  void what_the_process_is_known_to_be_counts_more_than_check_ins() {
    cluster();
    checkIn("alice", Duration.ZERO);

    assertThat(told("running", "alice", RunProcess.own().text() + "0"))
        .isEqualTo(StreamState.BROKEN_OFF);
  }
}
