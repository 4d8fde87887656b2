package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a stream's health, by the runs that earlier processes left. */
class HealthTest {

  @TempDir Path directory;

  private Workspace workspace;

  @BeforeEach
  void open() throws Exception {
    workspace = Observed.workspace(directory);
    stream("maxLag: 1h");
    Observed.during(workspace, stepsync -> {}); // which makes the tables
  }

  private void stream(String more) throws IOException {
    workspace.userStream("http://127.0.0.1:1/", more);
  }

  private void run(String kind, String status, int minutesAgo) throws SQLException {
    workspace.execute(
        """
        insert into stepsync_run (run, stream, kind, started, ended, status, windows, records,
          upserted, unchanged, deleted, dead, bytes)
        values ('%s %s %3$d', 'user', '%1$s', current_timestamp - %3$d minute,
          current_timestamp - %3$d minute, '%2$s', 1, 0, 0, 0, 0, 0, 0)"""
            .formatted(kind, status, minutesAgo));
  }

  /** A run of a lane, where the stream had so many. */
  private void run(int lane, int lanes, String status, int minutesAgo) throws SQLException {
    run("sync", status, minutesAgo);
    workspace.execute(
        "update stepsync_run set run = 'lane %1$d %3$s %4$d', lane = %1$d, lanes = %2$d where run = 'sync %3$s %4$d'"
            .formatted(lane, lanes, status, minutesAgo));
  }

  private void lanes(int count) throws SQLException {
    workspace.execute("delete from stepsync_state");
    for (int lane = 0; lane < count; lane++) {
      workspace.execute(
          """
          insert into stepsync_state (stream, lane, kind, current_id, state, version, updated_at)
          values ('user', %d, 'sync', 1, '{"current_id": 1}', 0, current_timestamp)"""
              .formatted(lane));
    }
  }

  private void assertHealth(int status, String text) throws Exception {
    Observed.during(
        workspace,
        stepsync -> {
          HttpResponse<String> ready = stepsync.get("/observe/health/ready");
          assertThat(ready.statusCode()).as(ready.body()).isEqualTo(status);
          assertThat(ready.body()).contains(text);
          assertThat(stepsync.get("/observe/health/live").body()).isEqualTo("{\"status\":\"UP\"}");
        });
  }

  @Test
  void a_stream_that_was_caught_up_within_its_limit_is_ready() throws Exception {
    run("sync", "failed", 5);
    run("sync", "caught_up", 55);
    assertHealth(200, "\"UP\"");
  }

  @Test
  void a_stream_that_was_not_is_down_and_says_since_when_and_what_its_limit_is() throws Exception {
    run("sync", "caught_up", 125);
    run("sync", "caught_up", 65);
    run("sync", "failed", 1);
    run("refresh", "caught_up", 1);
    String since =
        workspace.value(
            "select replace(to_char(max(ended) at time zone interval '0:00' hour to minute,"
                + " 'YYYY-MM-DD HH24:MI:SS'), ' ', 'T') from stepsync_run"
                + " where kind = 'sync' and status = 'caught_up'",
            String.class);
    assertHealth(503, "stream user: not caught up since " + since + "Z, longer than maxLag 1h");
  }

  @Test
  void a_stream_is_caught_up_as_long_as_its_lanes_all_are() throws Exception {
    lanes(2);
    run(0, 2, "caught_up", 1);
    run(1, 2, "caught_up", 61);
    run(2, 3, "caught_up", 1);
    assertHealth(503, "stream user: not caught up since ");
    run(1, 2, "caught_up", 55);
    assertHealth(200, "\"UP\"");
  }

  @Test
  void a_stream_that_was_caught_up_before_it_was_cut_counts_from_then() throws Exception {
    run(0, 2, "caught_up", 180);
    run(1, 2, "caught_up", 180);
    run(0, 1, "caught_up", 50);
    run(0, 2, "caught_up", 10);
    lanes(2);
    assertHealth(200, "\"UP\"");
    run(1, 2, "failed", 5);
    assertHealth(200, "\"UP\"");
  }

  @Test
  void lanes_that_were_joined_count_as_one() throws Exception {
    run(0, 2, "caught_up", 70);
    run(1, 2, "caught_up", 500);
    run(0, 1, "caught_up", 55);
    lanes(1);
    assertHealth(200, "\"UP\"");
  }

  @Test
  void a_stream_that_was_never_caught_up_counts_from_its_first_run() throws Exception {
    run("sync", "failed", 61);
    run("sync", "failed", 1);
    assertHealth(503, ", its start, longer than maxLag 1h");
  }

  @Test
  void a_stream_that_was_never_run_counts_from_the_start_of_the_process() throws Exception {
    assertHealth(200, "\"UP\"");
  }

  @Test
  void a_stream_without_a_limit_may_lag() throws Exception {
    run("sync", "caught_up", 100_000);
    stream("");
    assertHealth(200, "\"UP\"");
  }

  @Test
  void a_stream_whose_last_three_runs_failed_is_down_and_says_why() throws Exception {
    stream("");
    run("sync", "failed", 4);
    run("refresh", "caught_up", 3);
    run("sync", "failed", 2);
    assertHealth(200, "\"UP\"");
    run("sync", "failed", 1);
    workspace.execute("update stepsync_run set error = 'the API is away' where status = 'failed'");
    assertHealth(503, "stream user: its last 3 runs failed, the last of them at ");
    assertHealth(503, "Z: the API is away");
    run("sync", "caught_up", 0);
    assertHealth(200, "\"UP\"");
  }

  @Test
  void of_several_lanes_one_that_fails_will_do_unless_it_was_joined() throws Exception {
    stream("");
    lanes(2);
    for (int minutesAgo = 1; minutesAgo <= 3; minutesAgo++) {
      run(0, 2, "caught_up", minutesAgo);
      run(1, 2, "failed", minutesAgo);
    }
    assertHealth(503, "stream user lane 1: its last 3 runs failed");
    lanes(1);
    assertHealth(200, "\"UP\"");
  }

  @Test
  void a_table_that_cannot_be_read_is_not_healthy() throws Exception {
    Observed.during(
        workspace,
        stepsync -> {
          workspace.execute("alter table stepsync_run rename to gone");
          assertThat(stepsync.get("/observe/health/ready").body())
              .contains("\"DOWN\"", "stream user: ", "STEPSYNC_RUN");
        });
  }
}
