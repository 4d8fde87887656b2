package io.stepsync.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stepsync.routes.TestDatabase;
import io.stepsync.routes.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The status page of a hundred streams, with a thousand runs each. */
class ManyStreamsTest {

  private static final int MOST_BYTES = 200_000;

  @TempDir static Path directory;
  private static Workspace workspace;
  private static PageServer server;

  @BeforeAll
  static void open() throws Exception {
    String url = "jdbc:hsqldb:mem:many-streams";
    workspace = new Workspace(directory, new TestDatabase(url, url, "SA", ""));
    workspace.property("stepsync.page.enabled", "true");
    for (int i = 1; i <= 100; i++) {
      String name = "s%03d".formatted(i);
      workspace.stream(
          name,
          "url: http://127.0.0.1:1/%1$s%ntable: %1$s%nprimaryKey: id%ncolumns: \"id: LONG\"%n"
              .formatted(name));
    }
    server = new PageServer(workspace);
    server.url();
    for (int i = 1; i <= 100; i++) {
      workspace.execute(
          """
          insert into stepsync_run (run, stream, kind, started, ended, status, windows, records,
            upserted, unchanged, deleted, dead, bytes, first_id, last_id, error)
          select '%1$s-' || n, '%1$s', 'sync', current_timestamp - (1000 - n) minute - 10 second,
            current_timestamp - (1000 - n) minute,
            trim(case when n = 1000 and %2$d in (42, 77) then 'failed' else 'caught_up' end),
            2, 10, 10, 0, 0, 0, 100, 1, 1000, case when n = 1000 and %2$d in (42, 77)
            then 'the API answered with status 503' end
          from unnest(sequence_array(1, 1000, 1)) as numbers(n)"""
              .formatted("s%03d".formatted(i), i));
    }
    workspace.execute(
        "insert into stepsync_window select 's001-' || n, 1, 1000, 10, 600, 3"
            + " from unnest(sequence_array(1, 1000, 1)) as numbers(n)");
    workspace.execute(
        "insert into stepsync_window select 's001-' || n, 1001, 2000, 0, 20, 1"
            + " from unnest(sequence_array(1, 1000, 1)) as numbers(n)");
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
  }

  @Test
  void an_answer_has_at_most_200_kilobytes() throws Exception {
    for (String path : List.of("/api/streams", "/api/stream?stream=s001")) {
      assertThat(server.get(path).getBytes(StandardCharsets.UTF_8))
          .hasSizeBetween(10_000, MOST_BYTES);
    }
  }

  @Test
  void the_longest_request_of_a_run_is_not_shorter_than_their_mean() throws Exception {
    JsonNode detail = new ObjectMapper().readTree(server.get("/api/stream?stream=s001"));
    JsonNode latency = detail.at("/latencies/s001-1000");
    assertThat(latency.at("/meanMillis").asLong()).isEqualTo(155); // 620 ms for 4 requests
    assertThat(latency.at("/longestMillis").asLong()).isEqualTo(200);
    assertThat(detail.at("/latencies")).hasSameSizeAs(detail.at("/runs"));
  }

  @Test
  @EnabledIf("io.stepsync.page.Chromium#isInstalled")
  void those_in_trouble_come_first_others_are_searched_and_unfolded() throws Exception {
    try (Chromium browser = Chromium.start()) {
      for (int width : new int[] {1280, 360}) {
        browser.width(width);
        browser.open(server.url().toString());
        await().until(() -> shown(browser), shown -> shown.startsWith("s042 s077 s001 s002 "));
        assertThat(browser.text("article .error")).isEqualTo("the API answered with status 503");
        assertThat(browser.script("return document.querySelectorAll('article svg').length"))
            .isEqualTo(0L);
        assertThat(browser.script("return document.documentElement.scrollWidth"))
            .isEqualTo((long) width);

        browser.find("#finder input").sendKeys("S07 caught");
        await().until(() -> shown(browser).equals("s070 s071 s072 s073 s074 s075 s076 s078 s079"));
        assertThat(browser.text("#finder output")).isEqualTo("9 of 100 streams");
        browser.find("#finder input").clear();
        browser.find("#finder input").sendKeys("nothing of this");
        await().until(() -> browser.text("#streams").equals("No stream has all of these words."));
        browser.find("#finder input").clear();
        browser.find("#finder input").sendKeys("s001");
        await().until(() -> shown(browser).equals("s001"));

        browser.find("[data-stream=s001] .fold").click();
        await().until(() -> browser.text("[data-stream=s001] dl").contains("Its records\n10"));
        browser.click("[data-stream=s001] summary");
        await().until(() -> browser.text("[data-stream=s001] .scroll tbody").contains("200 ms"));
        await().until(() -> width != 360 || tellsOfMoreColumns(browser));
        assertThat(browser.accessibilityFaults()).isEmpty();
      }
    }
  }

  private static boolean tellsOfMoreColumns(Chromium browser) {
    return (boolean)
        browser.script("return !document.querySelector('[data-stream=s001] .more').hidden");
  }

  private static String shown(Chromium browser) {
    return (String)
        browser.script(
            "return [...document.querySelectorAll('article')].map((tile) => tile.dataset.stream)"
                + ".join(' ')");
  }
}
