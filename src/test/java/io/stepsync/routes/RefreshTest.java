package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.main.Standalone;
import io.stepsync.run.Run;
import io.stepsync.store.RunStatus;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows below the checkpoint that changed or were deleted, or that came late. */
class RefreshTest {

  private static final String COUNT = "select count(*) from \"user\"";
  private static final String ALIVE = COUNT + " where not \"_stepsync_deleted\"";
  private static final String REFRESHED =
      "select current_id, state from stepsync_state where kind = 'refresh'";

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void openWorkspace() throws Exception {
    workspace = new Workspace(directory);
    stream("");
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  private void stream(String more) throws Exception {
    workspace.userStream(api.url(), "stepSize: 100\nmaxGap: 300\n" + more);
  }

  @Test
  void deleted_rows_stay_unless_the_stream_says_otherwise() throws Exception {
    api.users(1, 300);
    workspace.sync("user");
    api.remove(50, 52);

    workspace.refresh("user");

    assertThat(workspace.query(ALIVE)).containsExactly("300");
  }

  @Test
  void ten_rows_may_be_deleted_where_more_than_ten_times_as_many_were_found() throws Exception {
    stream("deletes: hard\nmaxDeletes: 0%");
    api.users(1, 10).users(101, 201);
    workspace.sync("user");
    api.remove(1, 10);

    Run run = workspace.refresh("user");

    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query(COUNT)).containsExactly("101");
  }

  @Test
  void ten_rows_are_too_many_where_as_few_were_found() throws Exception {
    stream("deletes: hard\nmaxDeletes: 0%");
    api.users(1, 10).users(101, 200);
    workspace.sync("user");
    api.remove(1, 10);

    Run run = workspace.refresh("user");

    assertThat(run.getError().orElseThrow())
        .startsWith("the API lacks 10 of 110 rows, such as 1, 2, 3, 4, 5");
    assertThat(workspace.query(COUNT)).containsExactly("110");
  }

  @Test
  void an_api_that_has_no_record_any_more_deletes_nothing() throws Exception {
    stream("deletes: hard\nmaxDeletes: 99%");
    api.users(1, 237);
    workspace.sync("user");
    api.remove(1, 237);

    Run run = workspace.refresh("user");

    assertThat(run.getError().orElseThrow())
        .contains("the API lacks 237 of 237 rows")
        .endsWith(
            ": the API had none of them; only maxDeletes=100% allows that; nothing was deleted");
    assertThat(workspace.query(COUNT)).containsExactly("237");

    stream("deletes: hard\nmaxDeletes: 100%");
    assertThat(workspace.refresh("user").getCounters().deleted()).isEqualTo(237);
    assertThat(workspace.query(COUNT)).containsExactly("0");
  }

  @Test
  void an_api_that_loses_most_of_each_window_deletes_nothing() throws Exception {
    workspace.userStream(api.url(), "stepSize: 10\nmaxGap: 300\ndeletes: hard");
    api.users(1, 1000);
    workspace.sync("user");
    for (int first = 1; first <= 1000; first += 10) {
      api.remove(first, first + 8);
    }

    Run run = workspace.refresh("user");

    assertThat(run.getError().orElseThrow()).startsWith("the API lacks 900 of 1000 rows");
    assertThat(workspace.query(COUNT)).containsExactly("1000");
  }

  @Test
  void one_id_a_request_on_a_path_that_has_moved_deletes_nothing() throws Exception {
    workspace.userStream(
        api.url(), "stepSize: 1\nmaxGap: 30\nmaxStepSize: 1\nemptyStatus: 204,404\ndeletes: hard");
    api.users(1, 40);
    workspace.sync("user");
    api.status((first, last) -> 404);

    Run run = workspace.refresh("user");

    assertThat(run.getError().orElseThrow()).startsWith("the API lacks 40 of 40 rows");
    assertThat(workspace.query(COUNT)).containsExactly("40");
  }

  @Test
  void sparse_ids_that_an_api_loses_are_not_bitten_off_one_by_one() throws Exception {
    workspace.userStream(api.url(), "stepSize: 10\nmaxGap: 1000\ndeletes: hard");
    for (long id = 1; id <= 2000; id += 20) {
      api.users(id, id);
    }
    workspace.sync("user");
    api.remove(1, 2000);

    for (int refresh = 1; refresh <= 3; refresh++) {
      assertThat(workspace.refresh("user").getStatus()).isEqualTo(RunStatus.FAILED);
      assertThat(workspace.query(COUNT)).containsExactly("100");
    }
  }

  @Test
  void a_dry_refresh_counts_each_missing_row_once_though_it_asks_twice() throws Exception {
    workspace.userStream(api.url(), "stepSize: 1\nmaxGap: 30\nemptyStatus: 204,404\ndeletes: hard");
    api.users(1, 40);
    workspace.sync("user");
    api.status((first, last) -> 404);

    Run run = workspace.run("user", io.stepsync.store.RunKind.DRY_REFRESH);

    assertThat(run.getSecondLook().refusal().orElseThrow())
        .startsWith("the API lacks 40 of 40 rows");
    assertThat(run.getCheckpoint().currentId()).isEqualTo(41);
  }

  @Test
  void a_dry_refresh_tells_what_would_go_and_writes_nothing() throws Exception {
    stream("deletes: hard");
    api.users(1, 300);
    workspace.sync("user");
    api.remove(9, 9);
    api.remove(99, 100);
    List<String> states = workspace.query("select * from stepsync_state");

    Run run = workspace.run("user", io.stepsync.store.RunKind.DRY_REFRESH);

    assertThat(run.getError()).isEmpty();
    assertThat(run.getSecondLook().toString())
        .isEqualTo("the API lacks 3 of 300 rows, such as 9, 99, 100");
    assertThat(workspace.query(COUNT)).containsExactly("300");
    assertThat(workspace.query("select * from stepsync_state")).isEqualTo(states);
    assertThat(workspace.query("select * from stepsync_missing")).isEmpty();
    assertThat(workspace.query("select kind from stepsync_run")).containsExactly("sync");
  }

  @Test
  void nothing_is_deleted_by_an_answer_that_was_cut() throws Exception {
    stream("deletes: hard\nmaxDeletes: 100%");
    api.users(1, 1000);
    workspace.sync("user");
    api.cuttingAt(30);
    workspace.execute("update stepsync_state set largest_records = 0, largest_ids = 0");

    Run run = workspace.refresh("user");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().deleted()).isZero();
    assertThat(workspace.query(COUNT)).containsExactly("1000");
  }

  @Test
  void nothing_is_deleted_where_the_api_cannot_answer() throws Exception {
    stream("deletes: hard\nmaxDeletes: 100%");
    api.users(1, 300);
    workspace.sync("user");
    api.remove(151);
    api.status((first, last) -> first <= 151 && 151 <= last ? 500 : 200);

    Run run = workspace.refresh("user");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(workspace.query(COUNT)).containsExactly("300");
    assertThat(workspace.query("select id, kind from stepsync_dead_letter"))
        .containsExactly("151 fetch");
  }

  @Test
  void a_refresh_that_was_stopped_goes_on_where_it_was() throws Exception {
    api.users(1, 1000);
    workspace.sync("user");
    api.status((first, last) -> first <= 450 && 450 <= last ? 503 : 200);
    Run stopped = workspace.refresh("user");
    List<String> kept = workspace.query(REFRESHED);
    api.status((first, last) -> 200);

    Run run = workspace.refresh("user");

    assertThat(stopped.getStatus()).isEqualTo(RunStatus.FAILED);
    assertThat(kept).containsExactly("401 {\"current_id\": 401}");
    assertThat(run.getCounters().firstId()).isEqualTo(401);
    assertThat(run.getCounters().lastId()).isEqualTo(1000);
  }

  @Test
  void a_sync_that_moves_the_checkpoint_meanwhile_stops_the_refresh() throws Exception {
    api.users(1, 300);
    workspace.sync("user");
    api.records(1, 1, id -> RangeApi.user(id, "changed"));

    Run run =
        workspace
            .load()
            .withoutTriggers(
                context -> {
                  api.onRequest(
                      () ->
                          Databases.execute(
                              context, "update stepsync_state set version = version + 1"));
                  return Standalone.run(context, "user", io.stepsync.store.RunKind.REFRESH);
                });

    assertThat(run.getError().orElseThrow())
        .contains("another runner of this stream has moved its checkpoint");
    assertThat(workspace.query("select \"name\" from \"user\" where \"id\" = '1'"))
        .containsExactly("name 1");
  }

  @Test
  void a_refresh_is_due_once_its_schedule_has_fired_since_the_last_one() throws Exception {
    stream("refreshSchedule: '0 0 3 * * ?'");
    api.users(1, 300);
    fireTrigger();
    List<String> first = refreshes();
    workspace.execute(
        "update stepsync_state set updated_at = updated_at - interval '2' day where kind = 'refresh'");

    fireTrigger();
    List<String> second = refreshes();
    fireTrigger();

    assertThat(first).isEmpty();
    assertThat(second).containsExactly("caught_up 1 300");
    assertThat(refreshes()).isEqualTo(second);
  }

  @Test
  void a_refresh_that_was_begun_goes_on_behind_the_next_run() throws Exception {
    stream("refreshSchedule: '0 0 3 1 1 ? 2099'");
    api.users(1, 300);
    fireTrigger();
    workspace.execute(
        "update stepsync_state set current_id = 101, state = '{\"current_id\": 101}'"
            + " where kind = 'refresh'");

    fireTrigger();

    assertThat(refreshes()).containsExactly("caught_up 101 300");
  }

  private List<String> refreshes() throws Exception {
    return workspace.query(
        "select status, first_id, last_id from stepsync_run where kind = 'refresh'");
  }

  /** Does what the trigger's route does. */
  private void fireTrigger() throws Exception {
    workspace
        .load()
        .withoutTriggers(
            context -> {
              Exchange exchange = new DefaultExchange(context);
              exchange.setVariable("stream", "user");
              try (ProducerTemplate template = context.createProducerTemplate()) {
                template.send("direct:stepsync-run", exchange);
                return template.send("direct:stepsync-refresh", exchange);
              }
            });
  }

  @Test
  void a_schedule_that_is_none_is_refused_at_the_start() throws Exception {
    stream("refreshSchedule: nightly");

    assertThatThrownBy(() -> workspace.load())
        .hasMessageMatching(
            "stream user: refreshSchedule must be a Quartz cron expression, was nightly"
                + " \\(.*/routes/streams/user\\.camel\\.yaml:11\\)");
  }
}
