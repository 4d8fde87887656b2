package io.stepsync.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stepsync.routes.RangeApi;
import io.stepsync.routes.Workspace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream is previewed on the page, and nothing is written. */
class PreviewTest {

  private static final String TILE = "article[data-stream=client] ";

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;
  private PageServer page;

  @BeforeEach
  void open() throws Exception {
    api.records(1, 1, id -> "{\"id\":1,\"name\":\"<b>Ann</b>\",\"big\":9007199254740993}");
    api.records(2, 2, id -> "{\"id\":2}");
    api.records(3, 3, id -> "{\"id\":3,\"name\":\"" + "x".repeat(300) + "\",\"big\":null}");
    workspace = new Workspace(directory).property("stepsync.page.enabled", "true");
    workspace.stream(
        "client",
        """
        url: %s?key=t0psecret
        table: client
        primaryKey: id
        columns: "id: LONG, name: STRING!, big: LONG"
        maxId: 3
        retries: 0
        """
            .formatted(api.url()));
    page = new PageServer(workspace);
  }

  @AfterEach
  void close() throws Exception {
    page.close();
    api.close();
  }

  @Test
  void it_has_what_would_be_written_and_refused() throws Exception {
    String seen = page.post("/api/preview?stream=client");

    assertThat(seen)
        .isEqualTo(
            "{\"request\":\"GET %s\",\"window\":\"1..3\",\"records\":3,\"rowCount\":2,"
                    .formatted(api.url())
                + "\"refusedCount\":1,\"columns\":[\"id\",\"name\",\"big\"],"
                + "\"rows\":[[\"1\",\"<b>Ann</b>\",\"9007199254740993\"],[\"3\",\"%s…\",null]],"
                    .formatted("x".repeat(200))
                + "\"refused\":[{\"id\":\"2\",\"reason\":\"column name is required, was missing\"}],"
                + "\"problem\":null}");
    assertThat(page.get("/api/streams")).contains("\"state\":\"never_run\"", "\"deadLetters\":0");
  }

  @Test
  void what_has_nothing_to_ask_says_so() throws Exception {
    page.post("/api/run?stream=client");
    await().until(() -> page.get("/api/streams"), streams -> streams.contains("\"caught_up\""));

    assertThat(page.post("/api/preview?stream=client")).contains("\"window\":null");
  }

  @Test
  void an_api_that_fails_is_told_without_its_secrets() throws Exception {
    api.answering(500, "application/json", "{\"error\":\"no client for t0psecret\"}");

    assertThat(page.post("/api/preview?stream=client"))
        .startsWith("{\"error\":\"window 1..3: ")
        .contains("500")
        .doesNotContain("t0psecret");
  }

  @Test
  void a_first_run_that_found_nothing_says_what_to_do() throws Exception {
    api.answering(200, "application/json", "{\"data\":[]}");

    page.post("/api/run?stream=client");

    await()
        .until(
            () -> page.get("/api/streams"),
            streams ->
                streams.contains(
                    "\"error\":\"no record from 1 to 3: set initialId, headUrl or maxGap\""));
  }

  @Test
  void it_is_shown_until_it_is_closed() throws Exception {
    try (Chromium browser = Chromium.start()) {
      browser.open(page.url().toString());
      await().until(() -> browser.text("#connection"), "Live"::equals);

      browser.click(TILE + "button[data-action=preview]");

      await()
          .until(
              () -> browser.text(TILE),
              text ->
                  text.contains("3 records, 2 rows, 1 refused. Nothing was written.")
                      && text.contains("<b>Ann</b>")
                      && text.contains("ID 2: column name is required"));
      assertThat(browser.text(TILE)).doesNotContain("t0psecret").contains("IDs 1 to 3");
      for (boolean dark : List.of(false, true)) {
        for (int width : List.of(1280, 360)) {
          browser.dark(dark);
          browser.width(width);
          if (Boolean.getBoolean("stepsync.look")) {
            browser.screenshot(Path.of("target", "preview-" + width + "-" + dark + ".png"));
          }
        }
      }
      assertThat(browser.script("return document.documentElement.scrollWidth")).isEqualTo(360L);
      assertThat(browser.accessibilityFaults()).isEmpty();

      browser.click(TILE + ".preview button");

      await().until(() -> browser.text(TILE + ".preview").isEmpty());
      assertThat(browser.script("return document.activeElement.innerText")).isEqualTo("Preview");
    }
  }
}
