package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.main.Standalone;
import io.stepsync.routes.ScriptedApi.Reply;
import io.stepsync.routes.ScriptedApi.Request;
import io.stepsync.routes.ScriptedApi.Script;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which APIs with IDs want to be asked. */
class RequestsTest {

  private static final String ROWS = "select count(*), min(\"id\"), max(\"id\") from \"item\"";

  @TempDir Path directory;
  private Workspace workspace;
  private ScriptedApi api;

  @BeforeEach
  void openWorkspace() throws Exception {
    workspace = new Workspace(directory);
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  private Run sync(Script script, String path, String settings) throws Exception {
    api = new ScriptedApi(script);
    stream(path, settings);
    return workspace.sync("item");
  }

  private void stream(String path, String settings) throws IOException {
    workspace.stream(
        "item",
        """
        url: "%s"
        table: item
        primaryKey: id
        columns: "id: LONG, name: STRING"
        %s
        """
            .formatted(api.url(path), settings.replace("TOKEN_URL", api.url("/token"))));
  }

  private static Reply range(Request request, String first, String last) {
    return Reply.range(request.number(first), Math.min(25, request.number(last)));
  }

  @Test
  void a_post_has_a_body_and_headers_and_a_query() throws Exception {
    Run run =
        sync(
            request -> {
              String[] ids = request.body().replaceAll("[^0-9]+", " ").strip().split(" ", -1);
              return Reply.range(Long.parseLong(ids[0]), Math.min(25, Long.parseLong(ids[1])));
            },
            "/search",
            """
            method: POST
            body: '{"filter":{"from":{start},"to":{end}}}'
            query: "sort=id&size={limit}"
            headers: |
              X-Tenant: blue
              Accept: application/vnd.example+json
            stepSize: 10
            maxId: 30""");

    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query(ROWS)).containsExactly("25 1 25");
    Request first = api.requests().get(0);
    assertThat(first.method()).isEqualTo("POST");
    assertThat(first.query()).isEqualTo(Map.of("sort", "id", "size", "10"));
    assertThat(first.headers())
        .containsEntry("x-tenant", "blue")
        .containsEntry("accept", "application/vnd.example+json")
        .containsEntry("content-type", "application/json");
    assertThat(api.requests())
        .extracting(Request::body)
        .contains("{\"filter\":{\"from\":1,\"to\":10}}");
  }

  @Test
  void bounds_may_be_exclusive() throws Exception {
    sync(
        request ->
            Reply.range(request.number("after") + 1, Math.min(25, request.number("before") - 1)),
        "/items",
        """
        startParam: after
        endParam: before
        startInclusive: false
        endInclusive: false
        stepSize: 10
        maxId: 30
        fetchAhead: 0""");

    assertThat(workspace.query(ROWS)).containsExactly("25 1 25");
    assertThat(api.requests().get(0).query().values()).containsExactlyInAnyOrder("0", "11");
  }

  @Test
  void the_range_may_be_in_the_path_and_the_answer_an_array() throws Exception {
    Run run =
        sync(
            request -> {
              String[] ids = request.path().substring("/items/".length()).split("-", -1);
              return Reply.json(
                  Reply.array(
                      LongStream.rangeClosed(
                          Long.parseLong(ids[0]), Math.min(25, Long.parseLong(ids[1])))));
            },
            "/items/{start}-{end}",
            "records: ''\nstepSize: 10\nmaxId: 30");

    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query(ROWS)).containsExactly("25 1 25");
  }

  @Test
  void records_may_be_lines() throws Exception {
    sync(
        request ->
            new Reply(
                200,
                Map.of("Content-Type", "application/x-ndjson"),
                Reply.array(
                        LongStream.rangeClosed(
                            request.number("start_id"), Math.min(25, request.number("end_id"))))
                    .replaceAll("^.|.$", "")
                    .replace("},{", "}\n{")),
        "/items",
        "format: ndjson\nstepSize: 10\nmaxId: 30");

    assertThat(workspace.query(ROWS)).containsExactly("25 1 25");
  }

  @ParameterizedTest
  @CsvSource({"404, ''", "200, null", "204, ''"})
  void one_id_a_request_has_a_record_or_none(int status, String none) throws Exception {
    Run run =
        sync(
            request -> {
              long id = Long.parseLong(request.path().replaceAll("\\D", ""));
              return id % 3 == 0 || id > 25
                  ? new Reply(status, Map.of("Content-Type", "application/json"), none)
                  : Reply.json(ScriptedApi.record(id));
            },
            "/item/{start}.json",
            """
            records: ''
            emptyStatus: 204,404
            stepSize: 1
            maxGap: 5
            fetchAhead: 4""");

    assertThat(run.getError()).isEmpty();
    assertThat(run.getCheckpoint().currentId()).isEqualTo(26);
    assertThat(workspace.query(ROWS)).containsExactly("17 1 25");
  }

  /** IDs that lie far apart, as those of Shopify do. */
  private static Reply since(NavigableSet<Long> ids, Request request, int cap) {
    long limit = Math.min(cap, request.number("limit"));
    return Reply.json(
        "{\"data\":"
            + Reply.array(
                ids.tailSet(request.number("since_id"), false).stream()
                    .limit(limit)
                    .mapToLong(Long::longValue))
            + "}");
  }

  private static final String SINCE =
      """
      startParam: since_id
      startInclusive: false
      limitParam: limit
      stepSize: 50
      """;

  @ParameterizedTest
  @ValueSource(ints = {50, 7, 1})
  void an_api_without_an_upper_bound_is_followed_from_id_to_id(int cap) throws Exception {
    NavigableSet<Long> ids = new TreeSet<>();
    for (long i = 1; i <= 120; i++) {
      ids.add(i * i * 1_000_000_007L);
    }

    Run run = sync(request -> since(ids, request, cap), "/orders", SINCE);

    assertThat(run.getError()).isEmpty();
    assertThat(run.getCheckpoint().currentId()).isEqualTo(ids.last() + 1);
    assertThat(workspace.query(ROWS)).containsExactly("120 " + ids.first() + " " + ids.last());
    // one for the proof that the lowest come first, one that is empty
    assertThat(api.requests()).hasSizeLessThanOrEqualTo(120 / cap + 1 + 2);

    ids.add(ids.last() + 5);
    assertThat(workspace.sync("item").getCounters().upserted()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 7, 1})
  void an_api_without_an_upper_bound_may_cut_its_answers_in_the_middle_of_a_window(int cap)
      throws Exception {
    NavigableSet<Long> ids = new TreeSet<>(LongStream.rangeClosed(1, 120).boxed().toList());

    Run run = sync(request -> since(ids, request, cap), "/orders", SINCE);

    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query(ROWS)).containsExactly("120 1 120");
  }

  @Test
  void an_open_ended_stream_ends_at_its_max_id() throws Exception {
    NavigableSet<Long> ids = new TreeSet<>(List.of(1L, 2L, 30L, 31L, 500L));

    Run run = sync(request -> since(ids, request, 50), "/orders", SINCE + "maxId: 30");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(workspace.query(ROWS)).containsExactly("3 1 30");
  }

  @Test
  void an_open_ended_stream_is_refreshed_and_deleted_from() throws Exception {
    NavigableSet<Long> ids =
        new TreeSet<>(LongStream.range(1, 200).map(i -> i * 1000).boxed().toList());
    sync(request -> since(ids, request, 50), "/orders", SINCE + "deletes: hard");
    ids.removeAll(List.of(77_000L, 198_000L, 199_000L));

    Run run = workspace.refresh("item");

    assertThat(run.getError()).isEmpty();
    assertThat(run.getCounters().deleted()).isEqualTo(3);
    assertThat(workspace.query(ROWS)).containsExactly("196 1000 197000");
  }

  @Test
  void an_api_that_answers_with_the_newest_first_would_lose_records_and_is_refused()
      throws Exception {
    NavigableSet<Long> ids = new TreeSet<>(LongStream.rangeClosed(1, 120).boxed().toList());

    Run run =
        sync(
            request ->
                Reply.json(
                    "{\"data\":"
                        + Reply.array(
                            ids.tailSet(request.number("since_id"), false).descendingSet().stream()
                                .limit(request.number("limit"))
                                .mapToLong(Long::longValue))
                        + "}"),
            "/orders",
            SINCE);

    assertThat(run.getError())
        .hasValue(
            "window 1..50: an API without an upper bound must answer with the lowest IDs first,"
                + " but asked for one record from ID 1 on, its lowest was 120, and asked for more"
                + " it was 71");
    assertThat(workspace.query(ROWS)).containsExactly("0 null null");
  }

  @Test
  void basic_bearer_and_keys_are_shown_with_each_request() throws Exception {
    Script script = request -> range(request, "start_id", "end_id");
    sync(script, "/items", "auth: basic\nusername: me\npassword: 'pa:ss'\nmaxId: 30");
    assertThat(api.requests().get(0).headers())
        .containsEntry("authorization", "Basic bWU6cGE6c3M=");

    stream("/items", "auth: bearer\ntoken: t0ken\nmaxId: 40");
    workspace.sync("item");
    assertThat(last().headers()).containsEntry("authorization", "Bearer t0ken");

    stream("/items", "auth: apiKey\napiKeyName: X-Key\napiKey: k3y\nmaxId: 50");
    workspace.sync("item");
    assertThat(last().headers()).containsEntry("x-key", "k3y").doesNotContainKey("authorization");

    stream("/items", "auth: apiKey\napiKeyName: key\napiKey: 'k&y'\napiKeyIn: query\nmaxId: 60");
    workspace.sync("item");
    assertThat(last().query()).containsEntry("key", "k&y").containsKey("start_id");
  }

  private Request last() {
    return api.requests().get(api.requests().size() - 1);
  }

  @ParameterizedTest
  @CsvSource({"3600, 1", "10, 3"})
  void an_access_token_is_asked_for_once_and_again_when_it_is_over(int seconds, int tokens)
      throws Exception {
    AtomicInteger issued = new AtomicInteger();
    Run run =
        sync(
            request -> {
              if (request.path().equals("/token")) {
                assertThat(request.headers())
                    .containsEntry("authorization", "Basic bWU6czNjcmV0")
                    .containsEntry("content-type", "application/x-www-form-urlencoded");
                assertThat(request.body()).isEqualTo("grant_type=client_credentials&scope=read+it");
                return Reply.json(
                    "{\"access_token\":\"t%d\",\"expires_in\":%d}"
                        .formatted(issued.incrementAndGet(), seconds));
              }
              return request.headers().get("authorization").equals("Bearer t" + issued.get())
                  ? range(request, "start_id", "end_id")
                  : Reply.status(401);
            },
            "/items",
            oauth() + "stepSize: 10\nmaxId: 30\nfetchAhead: 0");

    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query(ROWS)).containsExactly("25 1 25");
    assertThat(issued).hasValue(tokens);
  }

  private static String oauth() {
    return """
        auth: oauth2ClientCredentials
        tokenUrl: TOKEN_URL
        clientId: me
        clientSecret: s3cret
        scope: read it
        """;
  }

  @Test
  void a_token_that_the_api_takes_no_more_is_renewed_once() throws Exception {
    AtomicInteger issued = new AtomicInteger();
    Script script =
        request -> {
          if (request.path().equals("/token")) {
            return Reply.json("{\"access_token\":\"t" + issued.incrementAndGet() + "\"}");
          }
          boolean revoked = request.number("start_id") > 10 && issued.get() == 1;
          return revoked ? Reply.status(401) : range(request, "start_id", "end_id");
        };

    Run run = sync(script, "/items", oauth() + "stepSize: 10\nmaxId: 30\nfetchAhead: 0");

    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query(ROWS)).containsExactly("25 1 25");
    assertThat(issued).hasValue(2);
  }

  @Test
  void an_api_that_takes_no_token_fails_the_run_without_showing_one() throws Exception {
    Run run =
        sync(
            request ->
                request.path().equals("/token")
                    ? Reply.json("{\"access_token\":\"t0psecret\"}")
                    : new Reply(401, Map.of(), "bad: " + request.headers().get("authorization")),
            "/items",
            oauth() + "maxId: 25");

    assertThat(run.getError().get())
        .contains("the API answered /items with status 401")
        .doesNotContain("t0psecret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | '{\"error\":\"invalid s3cret\"}' | the API answered tokenUrl with status 400: {\"error\":\"invalid ***\"}",
        "200 | '{}' | the answer of tokenUrl must have an access_token, had none",
        "200 | '<html>' | the answer of tokenUrl must be JSON, was another"
      })
  void a_token_that_is_not_to_be_had_fails_the_run(int status, String body, String message)
      throws Exception {
    Run run =
        sync(
            request -> new Reply(status, Map.of(), body.replace("'", "")),
            "/items",
            oauth() + "maxId: 25");

    assertThat(run.getError()).hasValue("window 1..25: " + message);
  }

  /** Answers the first requests so, and the others as they should be. */
  private static Script first(int count, Reply reply) {
    AtomicInteger requests = new AtomicInteger();
    return request ->
        requests.incrementAndGet() <= count ? reply : range(request, "start_id", "end_id");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
  void a_failure_that_passes_costs_a_request(int status) throws Exception {
    Run run = sync(first(2, Reply.status(status)), "/items", "maxId: 25\nfetchAhead: 0");

    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query(ROWS)).containsExactly("25 1 25");
    assertThat(api.requests()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"429, 0", "429, 1", "429, 'Sun, 06 Nov 1994 08:49:37 GMT'", "403, 1", "202, 0"})
  void the_api_says_when_to_ask_again(int status, String retryAfter) throws Exception {
    Reply busy = new Reply(status, Map.of("Retry-After", retryAfter), "");

    Run run = sync(first(1, busy), "/items", "maxId: 25\nfetchAhead: 0");

    assertThat(run.getError()).isEmpty();
    assertThat(api.requests()).hasSize(2);
  }

  @Test
  void an_api_that_asks_for_too_long_a_wait_fails_the_run_at_once() throws Exception {
    Reply busy = new Reply(429, Map.of("Retry-After", "61"), "slow down");

    Run run = sync(first(1, busy), "/items", "maxId: 25\nmaxRetryAfter: 1m");

    assertThat(run.getError())
        .hasValue("window 1..25: the API answered /items with status 429: slow down");
    assertThat(api.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405, 410, 451})
  void a_refusal_fails_the_run_at_once_with_the_start_of_its_body(int status) throws Exception {
    Reply refusal = new Reply(status, Map.of(), "no ".repeat(200));

    Run run = sync(first(1, refusal), "/items", "maxId: 25");

    assertThat(run.getError())
        .hasValue(
            "window 1..25: the API answered /items with status "
                + status
                + ": "
                + "no ".repeat(200).substring(0, 200).strip());
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void retries_are_as_many_as_the_stream_has() throws Exception {
    Run run = sync(first(9, Reply.status(503)), "/items", "maxId: 25\nretries: 2");

    assertThat(run.getError()).hasValue("window 1..25: the API answered /items with status 503");
    assertThat(api.requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}"})
  void an_api_may_write_an_empty_list_as_null_or_an_object(String none) throws Exception {
    Script script =
        request ->
            request.number("start_id") > 25
                ? Reply.json("{\"data\":" + none + "}")
                : range(request, "start_id", "end_id");

    assertThat(sync(script, "/items", "").getError().orElseThrow())
        .endsWith("; emptyWithoutArray=true takes that for no record");
    stream("/items", "emptyWithoutArray: true");
    assertThat(workspace.sync("item").getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(workspace.query(ROWS)).containsExactly("25 1 25");
  }

  @Test
  void a_cookie_of_one_stream_does_not_go_out_with_the_credentials_of_another() throws Exception {
    api =
        new ScriptedApi(
            request ->
                new Reply(
                    200,
                    Map.of(
                        "Content-Type",
                        "application/json",
                        "Set-Cookie",
                        "session=" + request.headers().get("authorization") + "; Path=/"),
                    range(request, "start_id", "end_id").body()));
    for (String name : List.of("one", "other")) {
      workspace.stream(
          name,
          "url: %s\ntable: %s\nprimaryKey: id\ncolumns: \"id: LONG\"\nauth: bearer\ntoken: %s"
              .formatted(api.url("/items"), name, name));
    }

    workspace
        .load()
        .withoutTriggers(
            context ->
                List.of(
                    Standalone.run(context, "one", RunKind.SYNC),
                    Standalone.run(context, "other", RunKind.SYNC)));

    assertThat(api.requests())
        .extracting(request -> request.headers().get("authorization"))
        .contains("Bearer one", "Bearer other");
    assertThat(api.requests()).noneMatch(request -> request.headers().containsKey("cookie"));
  }

  @Test
  void a_redirect_is_followed_to_the_same_origin() throws Exception {
    Script script =
        request ->
            request.path().equals("/items")
                ? new Reply(307, Map.of("Location", "/v2?start_id=1&end_id=25"), "")
                : range(request, "start_id", "end_id");

    Run run = sync(script, "/items", "auth: bearer\ntoken: t0ken\nmaxId: 25");

    assertThat(run.getError()).isEmpty();
    assertThat(last().headers()).containsEntry("authorization", "Bearer t0ken");
  }

  @Test
  void a_redirect_to_another_origin_is_refused_and_gets_no_credentials() throws Exception {
    try (ScriptedApi other = new ScriptedApi(request -> Reply.range(1, 3))) {
      Run run =
          sync(
              request -> new Reply(302, Map.of("Location", other.url("/items")), ""),
              "/items",
              "auth: bearer\ntoken: t0ken\nmaxId: 25");

      assertThat(run.getError()).hasValue("window 1..25: the API answered /items with status 302");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void redirects_in_a_circle_fail_the_run() throws Exception {
    Run run =
        sync(
            request -> new Reply(302, Map.of("Location", "/items?start_id=1&end_id=25"), ""),
            "/items",
            "maxId: 25\nretries: 0");

    assertThat(run.getStatus()).isEqualTo(RunStatus.FAILED);
    assertThat(run.getError().get()).contains("Circular redirect");
  }

  @Test
  void what_the_api_says_does_nothing_to_a_terminal() throws Exception {
    Run run =
        sync(
            request -> new Reply(403, Map.of(), "\u001b[31mred\u0007 \u009b2J \u202e<b>\r\nnew"),
            "/items",
            "maxId: 25");

    assertThat(run.getError().get())
        .contains("red", "<b>", "new")
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    assertThat(workspace.query("select error from stepsync_run"))
        .containsExactly(run.getError().get());
  }

  @Test
  void a_secret_that_is_revoked_in_the_middle_of_a_run_loses_nothing() throws Exception {
    AtomicBoolean revoked = new AtomicBoolean(true);
    Run run =
        sync(
            request ->
                revoked.get() && request.number("start_id") > 10
                    ? new Reply(401, Map.of(), "who are you?")
                    : range(request, "start_id", "end_id"),
            "/items",
            "auth: bearer\ntoken: t0ken\nstepSize: 10\nmaxId: 30");

    assertThat(run.getError())
        .hasValue("window 11..20: the API answered /items with status 401: who are you?");
    assertThat(workspace.query(ROWS)).containsExactly("10 1 10");

    revoked.set(false);
    assertThat(workspace.sync("item").getError()).isEmpty();
    assertThat(workspace.query(ROWS)).containsExactly("25 1 25");
  }

  @Test
  void a_storm_of_429_fails_runs_until_it_is_over_and_loses_nothing() throws Exception {
    Script storm = first(7, new Reply(429, Map.of("Retry-After", "0"), "slow down"));

    Run run = sync(storm, "/items", "stepSize: 25\nmaxId: 25\nretries: 2");

    for (int runs = 1; runs < 3; runs++) {
      assertThat(run.getError())
          .hasValue("window 1..25: the API answered /items with status 429: slow down");
      assertThat(workspace.query(ROWS)).containsExactly("0 null null");
      run = workspace.sync("item");
    }
    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query(ROWS)).containsExactly("25 1 25");
  }

  @Test
  void an_api_that_has_no_content_has_no_records() throws Exception {
    Run run = sync(request -> Reply.status(204), "/items", "maxGap: 5000");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCheckpoint().currentId()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html; charset=utf-8", "text/plain", "application/octet-stream"})
  void the_type_of_an_answer_is_not_asked_for(String type) throws Exception {
    Run run =
        sync(
            request ->
                new Reply(
                    203, Map.of("Content-Type", type), range(request, "start_id", "end_id").body()),
            "/items",
            "maxId: 25");

    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query(ROWS)).containsExactly("25 1 25");
  }

  @Test
  void unknown_fields_are_passed_over_and_numbers_that_do_not_fit_are_dead_letters()
      throws Exception {
    api =
        new ScriptedApi(
            request ->
                Reply.json(
                    "{\"data\":[{\"id\":3,\"size\":1e400},{\"id\":1,\"size\":1.5,\"more\":{\"a\":[]}},"
                        + "{\"id\":2,\"size\":-1e400}]}"));
    stream("/items", "maxId: 3");
    workspace.edit("item", "name: STRING", "size: DOUBLE");

    Run run = workspace.sync("item");

    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query("select \"id\", \"size\" from \"item\"")).containsExactly("1 1.5");
    assertThat(workspace.query("select id, reason from stepsync_dead_letter order by id"))
        .hasSize(2)
        .allSatisfy(letter -> assertThat(letter).contains("column size must be DOUBLE, was"));
  }
}
