package io.stepsync.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.ops.ScriptedApi.Reply;
import io.stepsync.ops.ScriptedApi.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets are shown to the API, and to nobody else. */
class SecretsTest {

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

  private static String basic() {
    return java.util.Base64.getEncoder()
        .encodeToString(("me:" + SECRET).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
