package io.stepsync.routes;

import static io.stepsync.LongestWait.LONGEST_WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What those who run stepsync live through, on each server, in a process of its own; at each point
 * the rows, the status page and the metrics tell the same.
 */
class DayInTheLifeTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PAGE = Pattern.compile("status page at (\\S+)\\s");

  @TempDir Path directory;

  private final RangeApi api = new RangeApi().users(1, 1500);
  private final HttpClient http = HttpClient.newHttpClient();
  private Workspace workspace;
  private Process stepsync;
  private URI page;

  private void start(DatabaseServer server) throws Exception {
    workspace = new Workspace(directory, server.newDatabase());
    workspace.property("stepsync.page.enabled", "true");
    workspace.stream("first", "url: " + api.url() + "\nmaxGap: 0\nsink: direct:nothing");
    Files.writeString(
        directory.resolve("routes/nothing.camel.yaml"),
        "- route: {id: nothing, from: {uri: direct:nothing, steps: [{stop: {}}]}}");
    stepsync = StepsyncProcess.start(directory, "run", "--dev");
    page = URI.create(awaitOutput(PAGE));
  }

  @AfterEach
  void stop() throws Exception {
    if (stepsync != null) {
      stepsync.destroy();
      assertThat(stepsync.waitFor(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    api.close();
  }

  @ParameterizedTest
  @EnumSource
  void the_page_the_metrics_and_the_rows_tell_the_truth_through_a_day(DatabaseServer server)
      throws Exception {
    start(server);
    aStreamIsAdded();
    theApiBreaksAndHeals();
    theDatabaseRestarts(server);
    aDeadLetterIsRetried();
    theStateIsSetBack();
  }

  private void aStreamIsAdded() throws Exception {
    workspace.stream(
        "user",
        Workspace.userSettings(api.url(), "maxGap: 0\nretries: 0\nmaxBackoff: 0s")
            .replace("name: STRING", "name: STRING!"),
        "* * * * * ?");

    awaitUser(user -> user.path("state").asText().equals("caught_up"));

    assertRows(1500);
    awaitUser(user -> user.path("checkpoint").asText().equals("1501"));
    awaitMetric("stepsync_upserts_total", "", upserts -> upserts == 1500);
    awaitMetric("stepsync_checkpoint", "", checkpoint -> checkpoint == 1501);
  }

  private void theApiBreaksAndHeals() throws Exception {
    api.status((firstId, lastId) -> 503);
    JsonNode broken = awaitUser(user -> user.path("state").asText().equals("failed"));
    assertThat(broken.path("error").asText()).contains("503");
    assertThat(broken.path("checkpoint").asText()).isEqualTo("1501");
    awaitMetric("stepsync_run_duration_seconds_count", "status=\"failed\"", failed -> failed >= 1);
    assertRows(1500);

    api.users(1501, 1600).status((firstId, lastId) -> 200);
    awaitUser(user -> user.path("checkpoint").asText().equals("1601"));
    awaitUser(user -> user.path("state").asText().equals("caught_up"));
    assertRows(1600);
    awaitMetric("stepsync_upserts_total", "", upserts -> upserts == 1600);
  }

  private void theDatabaseRestarts(DatabaseServer server) throws Exception {
    server.stop();
    await().until(() -> statusOf("/api/streams") == 503);
    api.users(1601, 1700);
    server.startAgain();

    awaitUser(user -> user.path("checkpoint").asText().equals("1701"));
    assertRows(1700);
    awaitMetric("stepsync_checkpoint", "", checkpoint -> checkpoint == 1701);
  }

  private void aDeadLetterIsRetried() throws Exception {
    api.records(1701, 1701, id -> "{\"id\":\"1701\",\"email\":\"no name\"}");
    awaitUser(user -> user.path("deadLetters").asInt() == 1);
    JsonNode letter = get("/api/dead-letters").path("deadLetters").path(0);
    assertThat(letter.path("id").asText()).isEqualTo("1701");
    assertThat(letter.path("reason").asText()).isEqualTo("column name is required, was missing");
    awaitMetric("stepsync_dead_letters_total", "", letters -> letters == 1);
    assertRows(1700);

    workspace.edit("user", "name: STRING!", "name: STRING");
    awaitOutput(Pattern.compile("(user.camel.yaml changed: taken over)"));
    await().until(() -> post("/api/retry?stream=user").statusCode() == 200);
    awaitUser(user -> user.path("deadLetters").asInt() == 0);
    assertRows(1701);
  }

  private void theStateIsSetBack() throws Exception {
    assertThat(post("/api/pause?stream=user").statusCode()).isEqualTo(200);
    awaitUser(
        user -> user.path("paused").asBoolean() && !"running".equals(user.path("state").asText()));
    double before = metric("stepsync_unchanged_total", "");
    // a firing that had begun may still be under way
    await().until(() -> beside("state", "set", "user", "1") == 0);
    awaitUser(user -> user.path("checkpoint").asText().equals("1")); // it looks once a second

    assertThat(post("/api/resume?stream=user").statusCode()).isEqualTo(200);
    awaitUser(user -> user.path("checkpoint").asText().equals("1702"));
    awaitUser(user -> user.path("state").asText().equals("caught_up"));
    assertRows(1701);
    awaitMetric("stepsync_unchanged_total", "", unchanged -> unchanged >= before + 1701);
  }

  /** Carries out a command beside the process that runs. */
  private int beside(String... arguments) throws Exception {
    return StepsyncProcess.builder(directory, arguments)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("beside.txt").toFile())
        .start()
        .waitFor();
  }

  private String awaitOutput(Pattern pattern) {
    return await()
        .failFast("the process has ended", () -> !stepsync.isAlive() && !output(pattern).find())
        .until(() -> output(pattern), Matcher::find)
        .group(1);
  }

  private Matcher output(Pattern pattern) throws Exception {
    return pattern.matcher(Files.readString(directory.resolve("output.txt")));
  }

  private JsonNode awaitUser(Predicate<JsonNode> condition) {
    return await()
        .ignoreExceptions() // the database may be on its way
        .until(this::user, condition);
  }

  private JsonNode user() throws Exception {
    for (JsonNode stream : get("/api/streams").path("streams")) {
      if (stream.path("name").asText().equals("user")) {
        return stream;
      }
    }
    return JSON.createObjectNode();
  }

  private void assertRows(long count) throws Exception {
    assertThat(workspace.query("select count(*) from \"user\""))
        .containsExactly(String.valueOf(count));
  }

  private void awaitMetric(String name, String tag, Predicate<Double> condition) {
    await().until(() -> metric(name, tag), condition);
  }

  private double metric(String name, String tag) throws Exception {
    return text("/observe/metrics")
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains("stream=\"user\""))
        .filter(line -> line.contains(tag))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private JsonNode get(String path) throws Exception {
    return JSON.readTree(text(path));
  }

  private String text(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(page.resolve(path)).build(), BodyHandlers.ofString())
        .body();
  }

  private int statusOf(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(page.resolve(path)).build(), BodyHandlers.discarding())
        .statusCode();
  }

  private java.net.http.HttpResponse<String> post(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(page.resolve(path))
            .header("X-Stepsync", "test")
            .POST(BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }
}
