package io.stepsync.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.store.OwnTables;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class LastRunsTest {

  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

  private final DriverManagerDataSource database =
      new DriverManagerDataSource("jdbc:hsqldb:mem:last-runs-" + UUID.randomUUID(), "SA", "");
  private final JdbcTemplate sql = new JdbcTemplate(database);
  private Instant now = NOON;
  private final LastRuns last = new LastRuns(sql, () -> now);

  @BeforeEach
  void migrate() throws SQLException {
    OwnTables.migrate(database);
  }

  private void run(String run, String stream, int lane, String kind, Instant started) {
    sql.update(
        """
        insert into stepsync_run (run, stream, lane, kind, started, status, windows, records,
          upserted, unchanged, deleted, dead, bytes)
        values (?, ?, ?, ?, ?, 'running', 0, 0, 0, 0, 0, 0, 0)""",
        run,
        stream,
        lane,
        kind,
        Timestamp.from(started));
  }

  private List<String> runs(String stream) {
    return runs(stream, Set.of());
  }

  private List<String> runs(String stream, Set<String> running) {
    return last.read(List.of("user", "order"), running).getOrDefault(stream, List.of()).stream()
        .map(StoredRun::run)
        .toList();
  }

  @Test
  void the_last_of_each_kind_and_lane_is_told_the_latest_first() {
    run("a", "user", 0, "sync", NOON.minusSeconds(400));
    run("b", "user", 0, "sync", NOON.minusSeconds(300));
    run("c", "user", 1, "sync", NOON.minusSeconds(200));
    run("d", "user", 0, "refresh", NOON.minusSeconds(350));
    run("e", "order", 0, "sync", NOON.minusSeconds(100));

    assertThat(runs("user")).containsExactly("c", "b", "d");
    assertThat(runs("order")).containsExactly("e");
    assertThat(runs("none")).isEmpty();
  }

  @Test
  void what_has_begun_or_ended_since_is_seen() {
    run("a", "user", 0, "sync", NOON.minusSeconds(400));
    assertThat(runs("user")).containsExactly("a");
    sql.update("update stepsync_run set status = 'caught_up', records = 7");
    run("b", "order", 0, "sync", NOON.minusSeconds(4000)); // its first, written late
    assertThat(last.read(List.of("user", "order"), Set.of()).get("user").get(0).records())
        .isEqualTo(7);
    assertThat(runs("order")).containsExactly("b");

    run("c", "user", 0, "sync", NOON.minusSeconds(300));
    assertThat(runs("user")).containsExactly("c");
  }

  @Test
  void a_run_whose_table_took_long_to_make_is_seen_while_its_stream_runs_and_once_after_that() {
    run("a", "user", 0, "sync", NOON.minusSeconds(900));
    run("b", "order", 0, "sync", NOON);
    assertThat(runs("user", Set.of("user"))).containsExactly("a");
    run("c", "user", 0, "sync", NOON.minusSeconds(600));
    assertThat(runs("user", Set.of("user"))).containsExactly("c");

    assertThat(runs("order", Set.of("order"))).containsExactly("b");
    run("d", "order", 1, "sync", NOON.minusSeconds(600));
    assertThat(runs("order")).containsExactly("b", "d");
  }

  @Test
  void a_run_that_is_no_longer_kept_is_not_told() {
    run("a", "user", 0, "sync", NOON.minusSeconds(400));
    run("b", "user", 0, "refresh", NOON.minusSeconds(300));
    assertThat(runs("user")).containsExactly("b", "a");
    sql.update("delete from stepsync_run where run = 'b'");
    assertThat(runs("user")).containsExactly("a");
    sql.update("delete from stepsync_run");
    assertThat(runs("user")).isEmpty();
  }

  @Test
  void a_run_of_another_lane_that_was_written_after_long_is_seen_ten_minutes_later() {
    run("a", "user", 0, "sync", NOON);
    assertThat(runs("user")).containsExactly("a");
    run("b", "user", 1, "sync", NOON.minusSeconds(3600));
    assertThat(runs("user")).containsExactly("a");
    now = NOON.plus(Duration.ofMinutes(10));
    assertThat(runs("user")).containsExactly("a", "b");
  }
}
