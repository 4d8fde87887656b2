package io.stepsync.routes;

import static io.stepsync.LongestWait.LONGEST_WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.run.Run;
import io.stepsync.store.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs against an API and a database that are real. */
class SyncTest {

  private static final String COUNT = "select count(*), count(distinct \"id\") from \"user\"";
  private static final String CHECKPOINT = "select current_id, state, version from stepsync_state";

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
  void records_that_are_added_later_are_found_by_the_next_run() throws Exception {
    api.users(1, 1500);
    Run first = workspace.sync("user");
    api.users(1501, 1800);
    Run second = workspace.sync("user");

    assertThat(first.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(first.getCheckpoint().currentId()).isEqualTo(1501);
    assertThat(second.getCounters().upserted()).isEqualTo(300);
    assertThat(workspace.query(COUNT)).containsExactly("1800 1800");
    assertThat(workspace.query(CHECKPOINT)).containsExactly("1801 {\"current_id\": 1801} 3");
  }

  @Test
  void a_gap_of_a_million_ids_is_crossed_in_at_most_25_requests() throws Exception {
    workspace.userStream(api.url(), "maxGap: 1500000\nmaxId: 1000020");
    api.users(1, 10).users(1_000_011, 1_000_020);

    Run run = workspace.sync("user");

    assertThat(run.getCheckpoint().currentId()).isEqualTo(1_000_021);
    assertThat(workspace.query(COUNT)).containsExactly("20 20");
    assertThat(api.requests()).isLessThanOrEqualTo(25);
  }

  @Test
  void with_a_max_gap_of_0_a_run_stops_at_the_first_empty_window() throws Exception {
    workspace.userStream(api.url(), "stepSize: 10\nmaxGap: 0\nfetchAhead: 0");
    api.users(1, 25).users(100, 110);

    Run run = workspace.sync("user");

    assertThat(run.getCheckpoint().currentId()).isEqualTo(26);
    assertThat(api.requests()).isEqualTo(4);
  }

  @Test
  void no_id_above_max_id_is_asked() throws Exception {
    workspace.userStream(api.url(), "maxId: 1200");
    api.users(1, 3000);

    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().lastId()).isEqualTo(1200);
    assertThat(workspace.query(COUNT)).containsExactly("1200 1200");
  }

  @Test
  void of_two_records_with_the_same_key_the_later_one_is_kept() throws Exception {
    api.answering(
        200,
        "application/json",
        "{\"data\":[" + RangeApi.user(1, "first") + "," + RangeApi.user(1, "last") + "]}");
    workspace.userStream(api.url(), "maxId: 1000");

    workspace.sync("user");

    assertThat(workspace.query("select \"name\" from \"user\"")).containsExactly("last");
  }

  @Test
  void refused_records_become_dead_letters_and_the_others_are_written() throws Exception {
    api.users(1, 10)
        .records(4, 4, id -> RangeApi.user(id, "x").replace("2026-11-15T00:58:20Z", "yesterday"));

    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().deadLetters()).isEqualTo(1);
    assertThat(workspace.query(COUNT)).containsExactly("9 9");
    assertThat(workspace.query("select stream, id, kind, reason, tries from stepsync_dead_letter"))
        .containsExactly(
            "user 4 record column createdAt must be UTC_DATETIME, was \"yesterday\" 1");
    assertThat(workspace.query("select payload from stepsync_dead_letter").get(0))
        .contains("\"createdAt\":\"yesterday\"");
  }

  @Test
  void over_the_limit_of_dead_letters_the_run_fails_and_nothing_of_the_window_moves()
      throws Exception {
    workspace.userStream(api.url(), "maxDeadLetters: 2");
    api.users(1, 1000).records(1001, 1003, id -> "{\"id\":\"" + id + "\",\"createdAt\":7}");

    Run run = workspace.sync("user");

    assertThat(run.getError())
        .get()
        .asString()
        .startsWith("window 1001..2000: a run must have at most maxDeadLetters (2) dead letters")
        .endsWith("the last: ID 1003, column createdAt must be UTC_DATETIME, was 7");
    assertThat(workspace.query(COUNT)).containsExactly("1000 1000");
    assertThat(workspace.query(CHECKPOINT)).containsExactly("1001 {\"current_id\": 1001} 1");
    assertThat(workspace.query("select count(*) from stepsync_dead_letter")).containsExactly("0");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          an answer without data   | 200 | application/json | {"items":[]}            | the answer has no /data
          data that is null        | 200 | application/json | {"data":null}           | /data must be an array of records, was null
          HTML with status 200     | 200 | text/html        | <html>Sign in</html>    | the answer must be JSON, was text/html: <html>Sign in</html>
          HTML that claims JSON    | 200 | application/json | <html>Sign in</html>    | the answer must be JSON, was application/json: <html>Sign in</html>
          JSON that was cut        | 200 | application/json | {"data":[{"id":"1001"   | the answer is no valid JSON at line 1, column 22, near {"data":[{"id":"1001": Unexpected end-of-input
          an empty body            | 200 | application/json | ''                      | the answer must be an object with data, was empty
          an ID above the window   | 200 | application/json | {"data":[{"id":2001}]}  | each record's ID must lie inside the window, was 2001
          an ID below the window   | 200 | application/json | {"data":[{"id":"7"}]}   | each record's ID must lie inside the window, was 7
          a record without an ID   | 200 | application/json | {"data":[{"name":"x"}]} | each record must have a whole number up to 2^63-1 at /id, was null
          a status that is not 200 | 503 | text/plain       | out of order            | the API answered /records with status 503: out of order
          a redirect               | 302 | text/plain       | elsewhere               | the API answered /records with status 302: elsewhere
          """)
  void a_bad_answer_fails_the_run_and_nothing_moves(
      String what, int status, String contentType, String body, String message) throws Exception {
    api.users(1, 1000);
    workspace.userStream(api.url(), "maxId: 1000").sync("user");
    List<String> checkpoint = workspace.query(CHECKPOINT);
    api.answering(status, contentType, body);
    workspace.userStream(api.url(), "retries: 1");

    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(RunStatus.FAILED);
    assertThat(run.getError()).get().asString().startsWith("window 1001..2000: " + message);
    assertThat(workspace.query(COUNT)).containsExactly("1000 1000");
    assertThat(workspace.query(CHECKPOINT)).isEqualTo(checkpoint);
    assertThat(workspace.query("select status, error from stepsync_run order by started desc"))
        .first()
        .asString()
        .startsWith("failed window 1001..2000: " + message);
  }

  @Test
  void an_api_that_cannot_be_reached_fails_the_run() throws Exception {
    workspace.userStream("http://127.0.0.1:1/records", "");

    Run run = workspace.sync("user");

    assertThat(run.getError())
        .get()
        .asString()
        .contains("window 1..1000: Connect to")
        .contains("Connection refused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          current_id = 500                    | 500 and {"current_id": 1001}
          state = 'rubbish'                   | 1001 and rubbish
          current_id = -1                     | -1 and {"current_id": 1001}
          state = '{"current_id": "x"}'       | 1001 and {"current_id": "x"}
          """,
      quoteCharacter = '~')
  void a_damaged_state_row_fails_the_run_before_the_first_request(String damage, String shown)
      throws Exception {
    api.users(1, 1000);
    workspace.sync("user");
    workspace.execute("update stepsync_state set " + damage);
    int requests = api.requests();

    Run run = workspace.sync("user");

    assertThat(run.getError())
        .get()
        .isEqualTo(
            "the state row is damaged: current_id must be >= 0 and the same in both columns, was "
                + shown);
    assertThat(api.requests()).isEqualTo(requests);
  }

  @Test
  void a_stream_written_in_xml_is_copied_like_one_in_yaml() throws Exception {
    api.users(1, 50);
    Files.writeString(
        directory.resolve("routes/streams/person.camel.xml"),
        """
        <camel>
          <bean name="person" type="io.stepsync.Stream">
            <properties>
              <property key="url" value="%s"/>
              <property key="table" value="person"/>
              <property key="primaryKey" value="id"/>
              <property key="columns" value="id: LONG, name: STRING!"/>
            </properties>
          </bean>
          <templatedRoute routeTemplateRef="step-size-sync" routeId="person-sync">
            <parameter name="stream" value="person"/>
            <parameter name="schedule" value="0 0 0 1 1 ? 2099"/>
          </templatedRoute>
        </camel>
        """
            .formatted(api.url()));

    Run run = workspace.sync("person");

    assertThat(run.getCounters().upserted()).isEqualTo(50);
  }

  @Test
  void streams_do_not_touch_each_other() throws Exception {
    api.users(1, 50);
    workspace.stream(
        "person",
        "url: "
            + api.url()
            + "\ntable: person\nprimaryKey: id\ncolumns: \"id: LONG, name: STRING\"");

    workspace.sync("person");
    workspace.sync("user");

    assertThat(workspace.query("select stream, current_id from stepsync_state order by stream"))
        .containsExactly("person 51", "user 51");
    assertThat(workspace.query("select count(*), max(\"id\") from \"person\""))
        .containsExactly("50 50");
    assertThat(Files.exists(directory.resolve("data"))).isTrue();
  }

  @Test
  void the_windows_behind_are_asked_while_one_is_on_its_way() throws Exception {
    workspace.userStream(api.url(), "stepSize: 10\nmaxId: 100\nfetchAhead: 3");
    CyclicBarrier together = new CyclicBarrier(4);
    AtomicInteger requests = new AtomicInteger();
    api.users(1, 100)
        .onRequest(
            () -> {
              if (requests.incrementAndGet() <= 4) {
                awaitAll(together);
              }
            });

    Run run = workspace.sync("user");

    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query(COUNT)).containsExactly("100 100");
    assertThat(api.requests()).isEqualTo(10);
  }

  private static void awaitAll(CyclicBarrier barrier) {
    try {
      barrier.await(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void asking_ahead_costs_at_most_so_many_requests_at_the_end() throws Exception {
    api.users(1, 5000);
    workspace.userStream(api.url(), "fetchAhead: 0");
    workspace.sync("user");
    int before = api.requests();
    workspace.sync("user");
    int alone = api.requests() - before;
    workspace.userStream(api.url(), "fetchAhead: 5");

    workspace.sync("user");

    assertThat(api.requests() - before - alone).isBetween(alone, alone + 5);
  }
}
