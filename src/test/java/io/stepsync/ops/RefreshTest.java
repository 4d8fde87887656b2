package io.stepsync.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.camel.Run;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private void removeFromApi(long firstId, long lastId) {
    for (long id = firstId; id <= lastId; id++) {
      api.remove(id);
    }
  }

  @Test
  void changed_and_late_rows_are_written_and_no_other() throws Exception {
    api.users(1, 500).users(502, 1000);
    workspace.sync("user");
    String written = "select \"_stepsync_synced_at\" from \"user\" where \"id\" = '8'";
    List<String> before = workspace.query(written);
    api.records(7, 7, id -> RangeApi.user(id, "changed")).users(501, 501);

    Run run = workspace.refresh("user");

    assertThat(run.getStatus()).isEqualTo(Run.Status.CAUGHT_UP);
    assertThat(run.getCounters().upserted()).isEqualTo(2);
    assertThat(run.getCounters().unchanged()).isEqualTo(998);
    assertThat(workspace.query("select \"name\" from \"user\" where \"id\" in ('7', '501')"))
        .containsExactlyInAnyOrder("changed", "name 501");
    assertThat(workspace.query(written)).isEqualTo(before);
    assertThat(workspace.query("select current_id from stepsync_state where kind = 'sync'"))
        .containsExactly("1001");
    assertThat(workspace.query(REFRESHED)).containsExactly("1 {\"current_id\": 1}");
  }

  @Test
  void deleted_rows_stay_unless_the_stream_says_otherwise() throws Exception {
    api.users(1, 300);
    workspace.sync("user");
    removeFromApi(50, 52);

    workspace.refresh("user");

    assertThat(workspace.query(ALIVE)).containsExactly("300");
  }

  @ParameterizedTest
  @CsvSource({"soft, 300, 297", "hard, 297, 297"})
  void deleted_rows_are_marked_or_removed(String deletes, String rows, String alive)
      throws Exception {
    stream("deletes: " + deletes);
    api.users(1, 300);
    workspace.sync("user");
    removeFromApi(9, 9);
    removeFromApi(99, 100);

    Run run = workspace.refresh("user");

    assertThat(run.getError()).isEmpty();
    assertThat(run.getCounters().deleted()).isEqualTo(3);
    assertThat(workspace.query(COUNT)).containsExactly(rows);
    assertThat(workspace.query(ALIVE)).containsExactly(alive);
    assertThat(workspace.query("select deleted from stepsync_run where kind = 'refresh'"))
        .containsExactly("3");
  }

  @Test
  void a_row_that_was_marked_as_deleted_and_comes_back_is_alive_again() throws Exception {
    stream("deletes: soft");
    api.users(1, 300);
    workspace.sync("user");
    removeFromApi(5, 6);
    workspace.refresh("user");
    api.users(5, 5);

    Run run = workspace.refresh("user");

    assertThat(run.getCounters().upserted()).isEqualTo(1);
    assertThat(run.getCounters().deleted()).isZero();
    assertThat(workspace.query("select \"id\" from \"user\" where \"_stepsync_deleted\""))
        .containsExactly("6");
  }

  @Test
  void more_deletes_than_the_stream_allows_fail_the_refresh_and_delete_nothing() throws Exception {
    stream("deletes: hard");
    api.users(1, 300);
    workspace.sync("user");
    removeFromApi(101, 111);

    Run run = workspace.refresh("user");

    assertThat(run.getError())
        .contains(
            "window 101..200: a refresh must delete at most maxDeletes=10% of a window's rows,"
                + " here 10, was 11 of 100");
    assertThat(workspace.query(COUNT)).containsExactly("300");

    stream("deletes: hard\nmaxDeletes: 11%");
    assertThat(workspace.refresh("user").getCounters().firstId()).isEqualTo(101);
    assertThat(workspace.query(COUNT)).containsExactly("289");
  }

  @Test
  void ten_rows_of_a_window_may_always_be_deleted() throws Exception {
    stream("deletes: hard\nmaxDeletes: 0%");
    api.users(1, 10).users(101, 200);
    workspace.sync("user");
    removeFromApi(1, 10);

    Run run = workspace.refresh("user");

    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query(COUNT)).containsExactly("100");
  }

  @Test
  void nothing_is_deleted_by_an_answer_that_was_cut() throws Exception {
    stream("deletes: hard\nmaxDeletes: 100%");
    api.users(1, 1000);
    workspace.sync("user");
    api.cuttingAt(30);
    workspace.execute("update stepsync_state set largest = 0, answer_limit = 0");

    Run run = workspace.refresh("user");

    assertThat(run.getStatus()).isEqualTo(Run.Status.CAUGHT_UP);
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

    assertThat(run.getStatus()).isEqualTo(Run.Status.CAUGHT_UP);
    assertThat(workspace.query(COUNT)).containsExactly("300");
    assertThat(workspace.query("select id, kind from stepsync_dead_letter"))
        .containsExactly("151 fetch");
  }

  @Test
  void the_row_of_a_record_that_is_refused_now_stays() throws Exception {
    stream("deletes: hard");
    api.users(1, 300);
    workspace.sync("user");
    api.records(7, 7, id -> "{\"id\":7,\"createdAt\":\"yesterday\"}");

    Run run = workspace.refresh("user");

    assertThat(run.getCounters().deadLetters()).isEqualTo(1);
    assertThat(workspace.query(COUNT)).containsExactly("300");
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

    assertThat(stopped.getStatus()).isEqualTo(Run.Status.FAILED);
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
                  return Standalone.run(context, "user", io.stepsync.camel.RunKind.REFRESH);
                });

    assertThat(run.getError().orElseThrow())
        .contains("another runner of this stream has moved its checkpoint");
    assertThat(workspace.query("select \"name\" from \"user\" where \"id\" = '1'"))
        .containsExactly("name 1");
  }

  @Test
  void an_older_copy_never_overwrites_a_newer_one() throws Exception {
    stream("versionColumn: updatedAt");
    api.users(1, 2);
    workspace.sync("user");
    api.records(1, 1, id -> RangeApi.user(id, "older").replace("2026-11-16", "2026-11-15"));
    api.records(2, 2, id -> RangeApi.user(id, "newer").replace("2026-11-16", "2026-11-17"));

    workspace.refresh("user");

    assertThat(workspace.query("select \"name\" from \"user\" order by \"id\""))
        .containsExactly("name 1", "newer");
  }

  @Test
  void rows_of_a_composite_key_are_deleted_by_the_whole_key() throws Exception {
    workspace.stream(
        "item",
        """
        url: %s
        table: item
        primaryKey: region,id
        columns: "id: LONG, region: STRING"
        deletes: hard
        """
            .formatted(api.url()));
    api.records(1, 3, id -> "{\"id\":%d,\"region\":\"eu\"}".formatted(id));
    workspace.sync("item");
    api.records(2, 2, id -> "{\"id\":2,\"region\":\"us\"}");

    workspace.refresh("item");

    assertThat(workspace.query("select \"id\", \"region\" from \"item\" order by 1"))
        .containsExactly("1 eu", "2 us", "3 eu");
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
        .hasMessage("stream user: refreshSchedule must be a Quartz cron expression, was nightly");
  }
}
