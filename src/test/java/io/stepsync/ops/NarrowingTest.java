package io.stepsync.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.camel.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are cut, refused, too large or not to be had: nothing is lost. */
class NarrowingTest {

  private static final String COUNT = "select count(*), count(distinct \"id\") from \"user\"";

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void openWorkspace() throws Exception {
    workspace = new Workspace(directory).userStream(api.url(), "");
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  @Test
  void a_server_that_cuts_its_answers_at_500_records_in_any_order_loses_none() throws Exception {
    api.users(1, 5500).cuttingAt(500);

    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(Run.Status.CAUGHT_UP);
    assertThat(workspace.query(COUNT)).containsExactly("5500 5500");
    assertThat(workspace.query("select answer_limit from stepsync_state")).containsExactly("500");
  }

  @Test
  void a_known_response_limit_is_kept_from_the_first_request_on() throws Exception {
    workspace.userStream(api.url(), "responseLimit: 300");
    api.users(1, 2000).cuttingAt(300);

    workspace.sync("user");

    assertThat(workspace.query(COUNT)).containsExactly("2000 2000");
  }

  @Test
  void an_answer_over_max_response_bytes_is_asked_in_halves() throws Exception {
    workspace.userStream(api.url(), "maxResponseBytes: 20000");
    api.users(1, 1000);

    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(Run.Status.CAUGHT_UP);
    assertThat(workspace.query(COUNT)).containsExactly("1000 1000");
  }

  @Test
  void an_api_that_refuses_wide_windows_gets_the_step_size_again() throws Exception {
    api.users(1, 10)
        .users(20_001, 20_010)
        .status((first, last) -> last - first >= 1000 ? 400 : 200);

    workspace.userStream(api.url(), "maxGap: 30000");
    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(Run.Status.CAUGHT_UP);
    assertThat(workspace.query(COUNT)).containsExactly("20 20");
  }

  @Test
  void a_refusal_of_the_step_size_itself_fails_the_run() throws Exception {
    workspace.userStream(api.url(), "fetchAhead: 0");
    api.users(1, 10).status((first, last) -> 400);

    Run run = workspace.sync("user");

    assertThat(run.getError())
        .hasValue("window 1..1000: the API answered /records with status 400: out of order");
    assertThat(api.requests()).isEqualTo(1);
  }

  @Test
  void an_id_that_keeps_failing_is_a_dead_letter_until_it_is_mended() throws Exception {
    api.users(1, 1500).status((first, last) -> first <= 777 && 777 <= last ? 500 : 200);

    Run broken = workspace.sync("user");

    assertThat(broken.getStatus()).isEqualTo(Run.Status.CAUGHT_UP);
    assertThat(workspace.query(COUNT)).containsExactly("1499 1499");
    assertThat(workspace.query("select id, kind, reason, tries from stepsync_dead_letter"))
        .containsExactly("777 fetch the API answered /records with status 500: out of order 1");

    workspace.sync("user");
    assertThat(workspace.query("select id, tries from stepsync_dead_letter"))
        .containsExactly("777 2");

    api.status((first, last) -> 200);
    Run mended = workspace.sync("user");

    assertThat(mended.getCounters().upserted()).isEqualTo(1);
    assertThat(workspace.query(COUNT)).containsExactly("1500 1500");
    assertThat(workspace.query("select count(*) from stepsync_dead_letter")).containsExactly("0");
  }

  @Test
  void a_window_that_is_not_answered_in_time_is_asked_in_halves() throws Exception {
    workspace.userStream(api.url(), "responseTimeout: 300ms\nmaxGap: 2000");
    api.users(1, 1000).slowOverWidth(300, 2_000);

    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(Run.Status.CAUGHT_UP);
    assertThat(workspace.query(COUNT)).containsExactly("1000 1000");
  }

  @Test
  void a_record_that_only_the_database_refuses_is_a_dead_letter_and_the_others_are_written()
      throws Exception {
    api.users(1, 10);
    workspace.sync("user");
    workspace.execute(
        "alter table \"user\" add constraint no_bad_names check (\"name\" not like 'bad%')");
    api.users(11, 1000)
        .records(400, 400, id -> RangeApi.user(id, "bad one"))
        .records(801, 801, id -> RangeApi.user(id, "bad two"));

    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(Run.Status.CAUGHT_UP);
    assertThat(run.getCounters().deadLetters()).isEqualTo(2);
    assertThat(workspace.query(COUNT)).containsExactly("998 998");
    assertThat(workspace.query("select id, kind, reason from stepsync_dead_letter order by id"))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("400 record ").contains("NO_BAD_NAMES"),
            second -> assertThat(second).startsWith("801 record ").contains("NO_BAD_NAMES"));
  }

  @Test
  void a_row_that_was_committed_late_below_the_checkpoint_is_found_by_lookback() throws Exception {
    workspace.userStream(api.url(), "lookback: 100");
    api.users(1, 1000);
    api.remove(950);
    workspace.sync("user");
    api.users(950, 950);

    Run run = workspace.sync("user");

    assertThat(run.getCounters().firstId()).isEqualTo(901);
    assertThat(workspace.query(COUNT)).containsExactly("1000 1000");
    assertThat(run.getCheckpoint().currentId()).isEqualTo(1001);
  }

  @Test
  void where_the_head_is_known_no_id_behind_it_is_asked() throws Exception {
    api.users(1, 1500);
    workspace.userStream(api.url(), "headUrl: " + api.headUrl(1500));

    Run run = workspace.sync("user");
    int requests = api.requests();
    Run idle = workspace.sync("user");

    assertThat(run.getCounters().lastId()).isEqualTo(1500);
    assertThat(idle.getStatus()).isEqualTo(Run.Status.CAUGHT_UP);
    assertThat(api.requests()).isEqualTo(requests);
    assertThat(workspace.query(COUNT)).containsExactly("1500 1500");
  }

  @Test
  void a_head_below_the_checkpoint_fails_the_run() throws Exception {
    api.users(1, 1500);
    workspace.sync("user");
    workspace.userStream(api.url(), "headUrl: " + api.headUrl(700));

    Run run = workspace.sync("user");

    assertThat(run.getError().orElseThrow())
        .startsWith("the API's highest ID must not be below the checkpoint, was 700 and 1501");
    assertThat(workspace.query("select current_id from stepsync_state")).containsExactly("1501");
  }

  @Test
  void a_head_below_the_checkpoint_starts_over_where_the_stream_says_so() throws Exception {
    api.users(1, 1500);
    workspace.sync("user");
    workspace.userStream(api.url(), "headUrl: " + api.headUrl(700) + "\nonSourceReset: restart");

    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(Run.Status.CAUGHT_UP);
    assertThat(run.getCounters().firstId()).isEqualTo(1);
    assertThat(workspace.query("select current_id from stepsync_state")).containsExactly("701");
  }

  @Test
  void an_idle_run_costs_the_logarithm_of_max_gap_and_writes_nothing_to_the_table()
      throws Exception {
    api.users(1, 1500);
    workspace.sync("user");
    int before = api.requests();

    Run idle = workspace.sync("user");

    assertThat(idle.getCounters().upserted()).isZero();
    assertThat(api.requests() - before).isLessThanOrEqualTo(12);
  }

  @Test
  void an_adaptive_step_grows_while_answers_are_small_and_narrows_where_they_are_large()
      throws Exception {
    workspace.userStream(
        api.url(),
        "stepSize: 10\nmaxGap: 1000\nadaptiveStep: true\nadaptiveRecords: 500\nadaptiveTime: 60s");
    api.users(1, 20_000);

    Run run = workspace.sync("user");

    assertThat(workspace.query(COUNT)).containsExactly("20000 20000");
    assertThat(run.getCounters().windows())
        .as("windows of 250 to 500 records, where the step size alone makes 2000")
        .isBetween(40L, 100L);
  }
}
