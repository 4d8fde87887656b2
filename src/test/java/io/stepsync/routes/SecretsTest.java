package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.routes.ScriptedApi.Reply;
import io.stepsync.routes.ScriptedApi.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are shown to the API, and to nobody else. */
class SecretsTest {

  /** All of them are the path of the console to the router, or to one who decodes it once more. */
  private static final List<String> PATHS_OF_A_CONSOLE =
      List.of(
          "//q/dev/route",
          "///q//dev///route",
          "/./q/dev/route",
          "/x/../q/dev/route",
          "/%71/dev/route",
          "/q/%64ev/route",
          "/q%2fdev%2froute",
          "/q/dev%2froute",
          "/%2e/q/dev/route",
          "/q/dev/route;x=1",
          "/q/dev/route/",
          "/Q/DEV/route",
          "/q/dev/ROUTE",
          "/q/dev/route%2fuser-sync%2fstop",
          "/q/dev//route/user-sync/stop",
          "//q/dev//route",
          "/q/dev/./route",
          "/q/dev/",
          "/q/dev/*");

  private static final String SECRET = "t0p-s3cret";

  @TempDir Path directory;

  /** Repeats all that it was told, as many an API does in its errors. */
  private static Reply echo(Request request, int status) {
    return request.path().equals("/token") && status != 403
        ? Reply.json("{\"access_token\":\"" + SECRET + "\"}")
        : new Reply(
            status,
            Map.of("Content-Type", "text/plain"),
            request.headers() + " " + request.query());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | auth: basic, username: me, password: t0p-s3cret",
        "403 | auth: bearer, token: t0p-s3cret",
        "403 | auth: apiKey, apiKeyName: X-Key, apiKey: t0p-s3cret",
        "403 | auth: apiKey, apiKeyName: key, apiKey: t0p-s3cret, apiKeyIn: query",
        "401 | auth: oauth2ClientCredentials, tokenUrl: TOKEN, clientId: me, clientSecret: t0p-s3cret",
        "403 | auth: oauth2ClientCredentials, tokenUrl: TOKEN, clientId: me, clientSecret: t0p-s3cret",
        "403 | 'headers: \"X-Own: t0p-s3cret\"'",
        "500 | auth: bearer, token: t0p-s3cret",
        "503 | auth: apiKey, apiKeyName: key, apiKey: t0p-s3cret, apiKeyIn: query",
        "200 | auth: bearer, token: t0p-s3cret",
        "403 | 'headers: \"Authorization: Token t0p-s3cret\"'",
        "403 | query: api_key=t0p-s3cret",
      })
  void no_secret_is_in_the_output_or_in_a_table(int status, String settings) throws Exception {
    try (ScriptedApi api = new ScriptedApi(request -> echo(request, status))) {
      Workspace workspace = new Workspace(directory);
      workspace.stream(
          "item",
          "url: %s\ntable: item\nprimaryKey: id\ncolumns: \"id: LONG\"\nmaxId: 4\nretries: 1\n%s"
              .formatted(
                  api.url("/items"),
                  settings
                      .strip()
                      .replaceAll("^'|'$", "")
                      .replace(", ", "\n")
                      .replace("TOKEN", api.url("/token"))));

      String output = StepsyncProcess.run(directory, "sync", "item").output();

      assertThat(api.requests().toString()).containsAnyOf(SECRET, basic());
      assertThat(output).contains("item: run starts").doesNotContain(SECRET, basic());
      for (String table : List.of("stepsync_run", "stepsync_state", "stepsync_dead_letter")) {
        assertThat(workspace.query("select * from " + table).toString())
            .doesNotContain(SECRET, basic());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AbC\\/d\\\"Ef",
        "AbC/d\\u0022Ef",
        "AbC/d&quot;Ef",
        "AbC%2Fd%22Ef",
        "AbC%2fd%22Ef",
        "QmVhcmVyIEFiQy9kIkVm" // Bearer AbC/d"Ef
      })
  void a_secret_is_masked_in_an_error_however_the_api_writes_it(String written) throws Exception {
    try (ScriptedApi api =
        new ScriptedApi(
            request -> new Reply(403, Map.of("Content-Type", "text/plain"), "no: " + written))) {
      Workspace workspace = new Workspace(directory);
      workspace.stream(
          "item",
          "url: %s\ntable: item\nprimaryKey: id\ncolumns: \"id: LONG\"\nauth: bearer\ntoken: 'AbC/d\"Ef'"
              .formatted(api.url("/items")));

      assertThat(workspace.sync("item").getError().orElseThrow())
          .contains("status 403: no: ", "***")
          .doesNotContain(written);
      assertThat(workspace.query("select error from stepsync_run").toString())
          .contains("***")
          .doesNotContain(written, "d\"Ef");
    }
  }

  @Test
  void a_refused_record_is_kept_as_it_came_but_its_reason_is_masked() throws Exception {
    try (ScriptedApi api =
        new ScriptedApi(
            request ->
                Reply.json(
                    request.number("start_id") == 1
                        ? "{\"data\":[{\"id\":1,\"n\":\"is t0p-s3cret\"}]}"
                        : "{\"data\":[{\"id\":2,\"n\":t0p-s3cret}]}"))) {
      Workspace workspace = new Workspace(directory);
      workspace.stream(
          "item",
          "url: %s\ntable: item\nprimaryKey: id\ncolumns: \"id: LONG, n: INT\"\nauth: bearer\ntoken: %s\nmaxId: 2\nstepSize: 1"
              .formatted(api.url("/items"), SECRET));

      assertThat(workspace.sync("item").getError()).isEmpty();

      assertThat(workspace.query("select reason from stepsync_dead_letter order by id"))
          .hasSize(2)
          .allSatisfy(reason -> assertThat(reason).contains("***").doesNotContain(SECRET));
      assertThat(workspace.query("select payload from stepsync_dead_letter where id = 1"))
          .singleElement()
          .satisfies(payload -> assertThat(payload).contains(SECRET));
      String preview =
          StepsyncProcess.run(directory, "preview", "item", "--window", "1-1").output();
      assertThat(preview).contains("dead letter: ID 1, ", "***").doesNotContain(SECRET);
    }
  }

  @Test
  void validate_refuses_what_no_request_can_carry_and_does_not_show_it() throws Exception {
    Workspace workspace = new Workspace(directory);
    for (String settings :
        new String[] {
          "url: http://me:t0p-s3cret@127.0.0.1:1/items",
          "url: http://127.0.0.1:1/items\nheadUrl: http://me:t0p-s3cret@127.0.0.1:1/max",
          "url: http://127.0.0.1:1/items\nauth: bearer\ntoken: t0p-s3cret€",
          "url: http://127.0.0.1:1/items\nauth: bearer\ntoken: \"t0p-s3cret\\u0007\"",
          "url: http://127.0.0.1:1/items\nheaders: \"X-Own: t0p-s3cret€\""
        }) {
      workspace.stream("item", settings + "\ntable: item\nprimaryKey: id\ncolumns: \"id: LONG\"");

      StepsyncProcess.Result validate = StepsyncProcess.run(directory, "validate");

      assertThat(validate.exitCode()).isNotZero();
      assertThat(validate.output()).contains("stream item: ").doesNotContain(SECRET);
    }
  }

  @Test
  void no_secret_is_in_metrics_health_or_consoles() throws Exception {
    try (ScriptedApi api = new ScriptedApi(request -> echo(request, 503))) {
      Workspace workspace = Observed.workspace(directory);
      workspace.property("stepsync.consoles.enabled", "true").property("item.token", SECRET);
      workspace.stream(
          "item",
          """
          url: %s?key=t0p-s3cret
          table: item
          primaryKey: id
          columns: "id: LONG"
          retries: 0
          maxLag: 1ms
          headers: "X-Own: t0p-s3cret"
          auth: bearer
          token: "{{item.token}}"
          """
              .formatted(api.url("/items")));
      Observed.during(
          workspace,
          stepsync -> {
            stepsync.sync("item");
            assertThat(api.requests().toString()).contains(SECRET);
            assertHidden(stepsync, "/observe/metrics", "stepsync_requests_total");
            assertHidden(stepsync, "/observe/health", "stream item: not caught up");
            assertHidden(
                stepsync,
                "/observe/health?exposureLevel=full&data=true&stackTrace=true",
                "check.id");
            String consoles = stepsync.get("/q/dev").body();
            assertThat(consoles).contains("route: ", "properties: ");
            for (String console : consoles.split("\n", -1)) {
              assertHidden(stepsync, "/q/dev/" + console.split(":", 2)[0].replace("*", "x"), "");
            }
          });
    }
  }

  private static void assertHidden(Observed stepsync, String path, String shown) throws Exception {
    for (String type : List.of("*/*", "application/json")) {
      assertThat(stepsync.get(path, type).body())
          .as(path)
          .contains(type.equals("*/*") ? shown : "")
          .doesNotContain(SECRET);
    }
  }

  @Test
  void consoles_do_not_do_anything() throws Exception {
    Workspace workspace = Observed.workspace(directory);
    workspace.property("stepsync.consoles.enabled", "true");
    workspace.userStream("http://127.0.0.1:1/", "");
    Observed.during(
        workspace,
        stepsync -> {
          assertThat(stepsync.get("/q/dev/route").body()).contains("user-sync");
          for (String command :
              List.of("route/user-sync/stop", "route?action=stop", "eval-language", "send")) {
            assertThat(stepsync.get("/q/dev/" + command).statusCode()).as(command).isEqualTo(404);
          }
        });
  }

  @Test
  void a_console_does_not_do_anything_however_its_path_is_written() throws Exception {
    Workspace workspace = Observed.workspace(directory);
    workspace.property("stepsync.consoles.enabled", "true");
    workspace.userStream("http://127.0.0.1:1/", "");
    Observed.during(
        workspace,
        stepsync -> {
          for (String path : PATHS_OF_A_CONSOLE) {
            for (String query : List.of("?action=stop&filter=user-sync", "?command=stop", "")) {
              for (String method : List.of("GET", "HEAD")) {
                assertThat(stepsync.status(method, path + query)).as(path + query).isIn(400, 404);
              }
            }
            assertThat(stepsync.get("/q/dev/route").body())
                .as(path)
                .contains("user-sync", "Started");
          }
        });
  }

  @Test
  void a_console_takes_no_options_whoever_asks_it() throws Exception {
    Workspace workspace = Observed.workspace(directory);
    workspace.property("stepsync.consoles.enabled", "true");
    workspace.userStream("http://127.0.0.1:1/", "");
    Observed.during(
        workspace,
        stepsync -> {
          String shown =
              stepsync.console(
                  "route", Map.of("action", "stop", "filter", "user-sync", "command", "stop"));
          assertThat(shown).contains("user-sync");
          assertThat(stepsync.console("route", Map.of()))
              .contains("Started")
              .doesNotContain("Stopped");
        });
  }

  private static String basic() {
    return java.util.Base64.getEncoder()
        .encodeToString(("me:" + SECRET).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
