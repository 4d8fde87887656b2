package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.routes.ScriptedApi.Reply;
import io.stepsync.run.Run;
import io.stepsync.store.RunStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(workspace.query(COUNT)).containsExactly("5500 5500");
    assertThat(workspace.query("select limit_records from stepsync_state")).containsExactly("500");
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

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(workspace.query(COUNT)).containsExactly("1000 1000");
  }

  @Test
  void an_api_that_refuses_wide_windows_gets_the_step_size_again() throws Exception {
    api.users(1, 10)
        .users(20_001, 20_010)
        .status((first, last) -> last - first >= 1000 ? 400 : 200);

    workspace.userStream(api.url(), "maxGap: 30000");
    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
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

    assertThat(broken.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
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
  void an_id_with_errors_in_an_answer_of_status_200_is_a_dead_letter_and_no_gap() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    try (ScriptedApi graphql =
        new ScriptedApi(
            request -> {
              long first = request.number("start_id");
              long last = Math.min(25, request.number("end_id"));
              return broken.get() && first <= 7 && 7 <= last
                  ? Reply.json("{\"data\":null,\"errors\":[{\"message\":\"backend timed out\"}]}")
                  : Reply.range(first, last);
            })) {
      workspace.stream("item", itemsOf(graphql, "maxId: 25"));

      Run run = workspace.sync("item");

      assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
      assertThat(workspace.query("select count(*) from \"item\"")).containsExactly("24");
      assertThat(workspace.query("select id, kind, reason from stepsync_dead_letter"))
          .containsExactly(
              "7 fetch the API answered /items with status 200, but /errors: backend timed out");
      assertThat(graphql.requests())
          .filteredOn(request -> request.number("start_id") == 7 && request.number("end_id") == 7)
          .as("asked again, once")
          .hasSize(2);

      broken.set(false);
      assertThat(workspace.sync("item").getError()).isEmpty();
      assertThat(workspace.query("select count(*) from \"item\"")).containsExactly("25");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"id\":7,\"name\":NaN}           | Non-standard token 'NaN'",
        "{\"id\":7,\"name\":\"a\tb\"} | Illegal unquoted character",
        "null                                  | each of /data must be an object, was null",
        "\"n13\"                                | each of /data must be an object, was a string",
        "13                                    | each of /data must be an object, was a number",
        "[{}]                                  | each of /data must be an object, was an array"
      })
  void a_record_that_is_no_json_is_a_dead_letter_and_the_others_are_copied(
      String record, String reason) throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    try (ScriptedApi spoilt =
        new ScriptedApi(
            request -> {
              Reply whole =
                  Reply.range(request.number("start_id"), Math.min(25, request.number("end_id")));
              return broken.get()
                  ? Reply.json(whole.body().replace(ScriptedApi.record(7), record))
                  : whole;
            })) {
      workspace.stream("item", itemsOf(spoilt, "maxId: 25"));

      Run run = workspace.sync("item");

      assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
      assertThat(run.getCheckpoint().currentId()).isEqualTo(26);
      assertThat(workspace.query("select count(*) from \"item\"")).containsExactly("24");
      assertThat(workspace.query("select id, kind, reason from stepsync_dead_letter"))
          .singleElement()
          .satisfies(letter -> assertThat(letter).startsWith("7 fetch ").contains(reason));

      broken.set(false);
      assertThat(workspace.sync("item").getError()).isEmpty();
      assertThat(workspace.query("select count(*) from \"item\"")).containsExactly("25");
      assertThat(workspace.query("select count(*) from stepsync_dead_letter")).containsExactly("0");
    }
  }

  @Test
  void an_html_page_that_claims_to_be_json_fails_the_run_with_the_first_request() throws Exception {
    try (ScriptedApi login =
        new ScriptedApi(request -> Reply.json("<html><h1>Log in</h1></html>"))) {
      workspace.stream("item", itemsOf(login, "maxId: 25\nfetchAhead: 0"));

      assertThat(workspace.sync("item").getError().orElseThrow())
          .startsWith(
              "window 1..25: the answer must be JSON, was application/json: <html><h1>Log in");
      assertThat(login.requests()).hasSize(1);
      assertThat(workspace.query("select count(*) from stepsync_dead_letter")).containsExactly("0");
    }
  }

  @Test
  void errors_beside_nulls_and_empty_lists_change_and_delete_no_row() throws Exception {
    AtomicReference<String> answer = new AtomicReference<>();
    try (ScriptedApi graphql =
        new ScriptedApi(
            request ->
                answer.get() == null
                    ? Reply.range(
                        request.number("start_id"), Math.min(25, request.number("end_id")))
                    : Reply.json(answer.get()))) {
      workspace.stream(
          "item",
          itemsOf(
              graphql, "maxId: 25\ndeletes: hard\nrefreshSchedule: 0 0 0 1 1 ? 2099\nretries: 0"));
      workspace.sync("item");
      for (String data : List.of("[]", "null", "[{\"id\":1,\"name\":null}]")) {
        answer.set("{\"data\":" + data + ",\"errors\":[{\"message\":\"backend timed out\"}]}");

        workspace.refresh("item");

        assertThat(workspace.query("select count(*), count(\"name\") from \"item\""))
            .as(data)
            .containsExactly("25 25");
      }
    }
  }

  @Test
  void an_api_that_says_throttled_with_status_200_is_asked_again_and_not_for_less()
      throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (ScriptedApi graphql =
        new ScriptedApi(
            request ->
                requests.incrementAndGet() <= 3
                    ? Reply.json("{\"errors\":[{\"message\":\"Throttled\"}]}")
                    : Reply.range(request.number("start_id"), 25))) {
      workspace.stream("item", itemsOf(graphql, "maxId: 25"));

      assertThat(workspace.sync("item").getError()).isEmpty();

      assertThat(workspace.query("select count(*) from \"item\"")).containsExactly("25");
      assertThat(requests).hasValue(4);
      assertThat(workspace.query("select count(*) from stepsync_dead_letter")).containsExactly("0");
    }
  }

  private static String itemsOf(ScriptedApi api, String more) {
    return "url: %s\ntable: item\nprimaryKey: id\ncolumns: \"id: LONG, name: STRING\"\n%s"
        .formatted(api.url("/items"), more);
  }

  @Test
  void a_window_that_is_not_answered_in_time_is_asked_in_halves() throws Exception {
    workspace.userStream(api.url(), "responseTimeout: 2s\nmaxId: 1000");
    api.users(1, 1000).slowOverWidth(300, 60_000);

    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
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

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
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
    assertThat(idle.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(api.requests()).isEqualTo(requests);
    assertThat(workspace.query(COUNT)).containsExactly("1500 1500");
  }

  @Test
  void a_head_below_the_checkpoint_fails_the_run_where_ids_mean_other_records() throws Exception {
    api.users(1, 1500);
    workspace.sync("user");
    api.records(1, 1500, id -> RangeApi.user(id, "other"));
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
    api.records(1, 1500, id -> RangeApi.user(id, "other"));
    workspace.userStream(api.url(), "headUrl: " + api.headUrl(700) + "\nonSourceReset: restart");

    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().firstId()).isEqualTo(1);
    assertThat(workspace.query("select current_id from stepsync_state")).containsExactly("701");
  }

  @ParameterizedTest
  @CsvSource({"fail, 1000", "restart, 1000", "fail, 1", "restart, 3"})
  void newest_records_that_were_deleted_are_no_reset(String onSourceReset, int stepSize)
      throws Exception {
    api.users(1, 30);
    String settings =
        "stepSize: %d\nmaxGap: 50\ndeletes: hard\nonSourceReset: %s\nheadUrl: "
            .formatted(stepSize, onSourceReset);
    workspace.userStream(api.url(), settings + api.headUrl(30));
    workspace.sync("user");
    api.remove(29, 30);
    api.headUrl(28);
    api.records(27, 27, id -> RangeApi.user(id, "edited"));

    Run sync = workspace.sync("user");
    Run refresh = workspace.refresh("user");
    api.users(31, 33);
    api.headUrl(33);
    Run next = workspace.sync("user");

    assertThat(sync.getError()).isEmpty();
    assertThat(sync.getCounters().records()).isZero();
    assertThat(sync.getCheckpoint().currentId()).isEqualTo(31);
    assertThat(refresh.getError()).isEmpty();
    assertThat(refresh.getCounters().deleted()).isEqualTo(2);
    assertThat(next.getCounters().upserted()).isEqualTo(3);
    assertThat(workspace.query("select count(*) from \"user\"")).containsExactly("31");
  }

  @Test
  void older_copies_do_not_hide_a_reset_from_a_stream_with_a_version_column() throws Exception {
    api.users(1, 30);
    workspace.sync("user");
    api.records(1, 30, id -> RangeApi.user(id, "other").replace("2026-11-16", "2026-11-15"));
    workspace.userStream(api.url(), "versionColumn: updatedAt\nheadUrl: " + api.headUrl(20));

    assertThat(workspace.sync("user").getError().orElseThrow()).contains("were its IDs reset?");
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
}
