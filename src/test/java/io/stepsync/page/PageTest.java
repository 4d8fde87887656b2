package io.stepsync.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stepsync.routes.RangeApi;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The status page in a real browser. */
@EnabledIf(
    value = "io.stepsync.page.Chromium#isInstalled",
    disabledReason = "the status page is not tried: chromium and chromedriver are not installed")
class PageTest {

  /** Those of a stream's runs. */
  private static final int CHARTS = 2;

  /** How the streams look before a test: how many checkpoints they show, and what applies. */
  private static final List<String> AT_REST =
      List.of(
          "event: Caught up, 1, Run now, Pause, Preview, Retry dead letters",
          "order: Never run, 0, Nothing is read yet., Run now, Pause, Preview",
          "user: Never run, 0, Nothing is read yet., Run now, Pause, Preview",
          "visit: Failed, 8, Run now, Pause, Preview, Retry dead letters");

  private static final String HOSTILE = "<img src=x onerror=\"document.title=''pwned''\"><script>";

  @TempDir static Path directory;
  private static Chromium browser;
  private static PageFixture page;

  @BeforeAll
  static void open() throws Exception {
    browser = Chromium.start();
    page = new PageFixture(directory);
    page.url();
    page.fillEvent();
    page.fillVisit();
  }

  @AfterAll
  static void close() throws Exception {
    browser.close();
    page.close();
  }

  @BeforeEach
  void show() throws Exception {
    for (String table : List.of("run", "window", "state", "dead_letter", "pause")) {
      String mine =
          table.equals("window")
              ? "run not like 'event%' and run not like 'visit%'"
              : "stream not in ('event', 'visit')";
      page.workspace.execute("delete from stepsync_" + table + " where " + mine);
    }
    page.workspace.execute("delete from stepsync_verify");
    browser.offline(false);
    browser.dark(false);
    browser.width(1280);
    browser.open(page.url());
    await().until(() -> browser.text("#connection"), "Live"::equals);
    await().until(PageTest::looks, AT_REST::equals);
  }

  /**
   * The server keeps what it read for a moment, and so may show what another test left; and what is
   * loaded later moves what is below it.
   */
  @SuppressWarnings("unchecked")
  private static List<String> looks() {
    return (List<String>)
        browser.script(
            """
            return [...document.querySelectorAll('article')].map((tile) => [
              `${tile.dataset.stream}: ${tile.querySelector('.state').innerText}`,
              tile.querySelectorAll('.checkpoint').length,
              ...[...tile.querySelectorAll('.empty')].map((note) => note.innerText.replace(/ Its .*/, '')),
              ...[...tile.querySelectorAll('[aria-disabled=false]')].map((button) => button.innerText),
            ].join(', '))
            """);
  }

  private static String tile(String stream) {
    return "article[data-stream=" + stream + "] ";
  }

  private static String button(String stream, String action) {
    return tile(stream) + "button[data-action=" + action + "]";
  }

  private static boolean applies(String stream, String action) {
    return browser.attribute(button(stream, action), "aria-disabled").equals("false");
  }

  private static void awaitReason(String stream, String action, String whyItDoesNotApply) {
    await()
        .until(() -> browser.attribute(button(stream, action), "title"), whyItDoesNotApply::equals);
  }

  /** What the picture shows, in words; nothing where there is none. */
  private static String picture(String stream) {
    return browser.attribute(tile(stream) + "svg[role=img]", "aria-label");
  }

  private static void awaitState(String stream, String state) {
    await().until(() -> browser.text(tile(stream) + ".state"), state::equals);
  }

  private static void awaitText(String selector, String... parts) {
    await().untilAsserted(() -> assertThat(browser.text(selector)).contains(parts));
  }

  @Test
  void a_run_is_started_and_its_end_shown_without_a_reload() {
    browser.find(button("user", "run")).click(); // nothing must lie over it

    await().until(() -> browser.text(tile("user") + ".feedback"), "user: a run starts."::equals);
    awaitState("user", "Caught up");
    awaitText(tile("user") + "dl", "1,501", "Its records\n1,500");
    await().until(() -> picture("user").startsWith("IDs 1 to 1,500, the checkpoint is 1,501."));
  }

  @Test
  void a_run_that_failed_says_why() {
    browser.click(button("order", "run"));

    awaitState("order", "Failed");
    await()
        .until(
            () -> browser.text(tile("order") + ".error"),
            "window 1..1000: the answer must be JSON, was text/html: <html>"::equals);
  }

  @Test
  void a_paused_stream_can_only_be_resumed() throws Exception {
    browser.click(button("user", "pause"));

    awaitReason("user", "run", "It is paused");
    assertThat(page.workspace.query("select stream from stepsync_pause")).containsExactly("user");
    assertThat(applies("user", "run")).isFalse();
    assertThat(browser.text(button("user", "pause"))).isEqualTo("Resume");
    assertThat(browser.text(tile("user") + ".state[data-state=paused]")).isEqualTo("Paused");
    browser.click(button("user", "run"));
    awaitText(tile("user") + ".feedback", "It is paused.");

    browser.click(button("user", "pause"));

    await().until(() -> applies("user", "run"));
    assertThat(browser.text(button("user", "pause"))).isEqualTo("Pause");
    assertThat(page.workspace.query("select stream from stepsync_pause")).isEmpty();
  }

  @Test
  void dead_letters_are_tried_again_where_there_are_some() throws Exception {
    assertThat(applies("user", "retry")).isFalse();
    page.state("user", "sync", 1501);
    page.deadLetter("user", 7, "name must be set", RangeApi.user(7, "seven"));
    await().until(() -> applies("user", "retry"));

    browser.click(button("user", "retry"));

    awaitText(tile("user") + "dl", "Its records\n1\n");
    awaitReason("user", "retry", "It has no dead letters");
    assertThat(page.workspace.query("select \"name\" from \"user\" where \"id\" = '7'"))
        .containsExactly("seven");
    assertThat(page.workspace.query("select kind, status from stepsync_run where stream = 'user'"))
        .containsExactly("retry caught_up");
  }

  @Test
  void what_an_api_wrote_is_shown_as_text() throws Exception {
    page.run("r1", "user", 1, "failed", 0, "head", "null", "'" + HOSTILE + "'");
    String text = HOSTILE.replace("''", "'") + "\u202e";
    page.deadLetter("user", 9, text, text);

    awaitState("user", "Failed");
    await().until(() -> browser.text("#dead-letters").contains("user, ID 9"));

    assertThat(browser.text(tile("user") + ".error")).contains("<img src=x onerror=");
    assertThat(browser.text("#dead-letters"))
        .contains("<img src=x onerror=", "<script>\ufffd")
        .doesNotContain("\u202e");
    assertThat(browser.script("return document.querySelectorAll('main img').length")).isEqualTo(0L);
    await().until(() -> browser.driver().getTitle(), "2 failed – stepsync"::equals);
  }

  @Test
  void dead_letters_are_listed_by_stream() throws Exception {
    page.deadLetter("user", 9, "email must be set", "{}");
    await().until(() -> browser.text("#dead-letters").contains("email must be set"));

    browser.find("#dead-letters-of option[value=event]").click();

    await().until(() -> !browser.text("#dead-letters").contains("email must be set"));
    assertThat(browser.text("#dead-letters"))
        .contains("event, ID 17,500")
        .contains("total must be a number, was \"<b>free</b>\"");
  }

  @Test
  void the_picture_shows_gaps_dead_letters_the_checkpoint_and_the_refresh() {
    assertThat(browser.text(tile("event") + ".scale")).contains("checkpoint 120,001");
    assertThat(picture("event"))
        .contains("IDs 1 to 200,000")
        .contains("the longest 61,001 to 75,000", "2 dead letters", "Refreshed up to 21 %");
    assertThat(browser.text(tile("event") + "dl")).contains("Lag\n80,000").contains("35 %");
    assertThat(count(tile("event") + "svg .dead")).isEqualTo(2);
  }

  @Test
  void what_the_last_verify_found_is_told_below_the_picture() throws Exception {
    assertThat(browser.find(tile("event") + ".verified").isDisplayed()).isFalse();
    page.verified("event", 0, 0, 0, 1);
    awaitText(tile("event") + ".verified", "Verified ", " ago: equal, 5000 records in 5 windows");
    page.verified("event", 3, 1, 2, 1);
    awaitText(
        tile("event") + ".verified",
        "differs, 3 missing, 1 different, 2 that the API lacks, 5000 records in 5 windows");
    page.verified("event", 0, 0, 0, 0);
    awaitText(tile("event") + ".verified", "not known to be equal", "stopped before its end");
  }

  @Test
  void a_stream_with_lanes_is_one_stream() {
    assertThat(browser.text(tile("visit") + ".error"))
        .isEqualTo("lane 3: window 162001..163000: the answer must have status 2xx, was 503");
    assertThat(browser.text(tile("visit") + "dl"))
        .contains("Checkpoint\n81,001", "Head\n400,000", "Lag\n153,000", "Its records\n247,000");
    assertThat(picture("visit"))
        .startsWith("IDs 1 to 400,000, the checkpoint is 81,001.")
        .contains("1 dead letter.", "Lane 0: IDs 1 to 50,000, settled.")
        .contains("Lane 7: IDs 350,001 to 400,000, its checkpoint is 387,001.");
    assertThat(count(tile("visit") + "svg .checkpoint")).isEqualTo(8);
    browser.click(tile("visit") + "summary");
    awaitText(tile("visit") + ".scroll tbody", "sync, lane 7");
  }

  private static int count(String selector) {
    return browser.driver().findElements(By.cssSelector(selector)).size();
  }

  @Test
  void lanes_that_are_joined_again_are_drawn_as_one() throws Exception {
    page.workspace.execute("create table lanes_before as (select * from stepsync_state) with data");
    try {
      page.workspace.execute("delete from stepsync_state where stream = 'visit' and lane > 0");
      page.workspace.execute(
          "update stepsync_state set last_id = null, current_id = 400001 where stream = 'visit'");

      awaitState("visit", "Caught up");
      await().until(() -> count(tile("visit") + "svg .checkpoint") == 1);
      awaitText(tile("visit") + "dl", "Lag\n0");
      await()
          .until(() -> picture("visit").startsWith("IDs 1 to 400,000, the checkpoint is 400,001."));
    } finally {
      page.workspace.execute("delete from stepsync_state");
      page.workspace.execute("insert into stepsync_state (select * from lanes_before)");
      page.workspace.execute("drop table lanes_before");
    }
  }

  @Test
  void runs_are_listed_and_drawn() {
    browser.click(tile("event") + "summary");

    await().until(() -> count(tile("event") + "canvas") == CHARTS);
    assertThat(browser.text(tile("event") + ".scroll tbody tr"))
        .contains("Caught up", "60,000", "2,000");
    assertThat(browser.text(tile("event") + "thead")).endsWith("longest");
  }

  @Test
  void the_nodes_of_a_cluster_are_told_where_there_are_any() throws Exception {
    page.run("r1", "user", 1, "caught_up", 5, "node", "'alice-<b>1'", "null");
    browser.click(tile("user") + "summary");

    await().until(() -> browser.text(tile("user") + "thead").endsWith("Node"));
    assertThat(browser.text(tile("user") + ".scroll tbody tr")).endsWith("alice-<b>1");
  }

  @Test
  void a_lost_connection_is_told_and_mends_by_itself() {
    browser.offline(true);

    await().until(() -> browser.text("#connection").equals("Connection lost"));
    assertThat(browser.text("#trouble")).startsWith("The connection to stepsync is lost.");
    assertThat(applies("user", "run")).isFalse();

    browser.offline(false);

    await().until(() -> browser.text("#connection").equals("Live"));
    assertThat(browser.text("#trouble")).isEmpty();
    assertThat(applies("user", "run")).isTrue();
  }

  @Test
  void a_database_that_does_not_answer_is_told() throws Exception {
    page.workspace.execute("alter table stepsync_pause rename to stepsync_away");
    try {
      await().until(() -> browser.text("#connection").equals("No data"));
      assertThat(browser.text("#trouble")).startsWith("The server cannot tell: ");
    } finally {
      page.workspace.execute("alter table stepsync_away rename to stepsync_pause");
    }
  }

  @Test
  void the_keyboard_reaches_every_action_and_shows_where_it_is() {
    browser.find("body").sendKeys(Keys.TAB);
    await().until(PageTest::focused, "Skip to the streams"::equals);

    for (String expected :
        List.of("Run now", "Pause", "Preview", "Retry dead letters", "Runs and charts")) {
      focusNext();
      await().until(PageTest::focused, expected::equals);
      assertThat(browser.script("return getComputedStyle(document.activeElement).outlineStyle"))
          .isEqualTo("solid");
    }
    browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);

    await().until(() -> count(tile("event") + "details[open]") == 1);
  }

  private static void focusNext() {
    browser.driver().switchTo().activeElement().sendKeys(Keys.TAB);
  }

  private static String focused() {
    return (String) browser.script("return document.activeElement.innerText");
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 768, 1280})
  void nothing_is_wider_than_the_screen(int width) throws Exception {
    browser.width(width);
    page.run("r1", "user", 1, "failed", 0, "head", "null", "'" + "long".repeat(200) + "'");
    page.deadLetter("user", Long.MAX_VALUE, "long".repeat(200), "long".repeat(200));
    awaitState("user", "Failed");
    awaitText("#dead-letters", "9,223,372,036,854,775,807");

    openAll();

    await()
        .until(
            () -> browser.script("return document.documentElement.scrollWidth"),
            Long.valueOf(width)::equals);
  }

  private static void openAll() {
    browser.script("document.querySelectorAll('details').forEach((more) => (more.open = true))");
    await().until(() -> count("canvas") == AT_REST.size() * CHARTS);
  }

  /** What README shows, in pixels. */
  private static final int TOP = 615;

  /** {@code -Dstepsync.screenshots=true} makes the pictures of the documentation on the way. */
  @ParameterizedTest
  @CsvSource({"1280, false", "1280, true", "360, false", "360, true"})
  void the_page_has_no_serious_accessibility_fault(int width, boolean dark) throws Exception {
    browser.width(width);
    browser.dark(dark);
    browser.click(button("user", "run"));
    browser.click(button("order", "run"));
    page.verified("event", 0, 0, 0, 1);
    page.verified("visit", 3, 1, 0, 1);
    page.verified("user", 0, 0, 0, 0);
    for (String stream : List.of("event", "visit", "user")) {
      awaitText(tile(stream) + ".verified", "5000 records");
    }
    awaitState("user", "Caught up");
    awaitState("order", "Failed");
    browser.click(tile("event") + "summary");
    awaitText(tile("event") + ".scroll", "60,000");
    await().until(() -> !picture("user").isEmpty());
    if (Boolean.getBoolean("stepsync.screenshots")) {
      String name = "page-" + width + (dark ? "-dark" : "-light") + ".png";
      browser.screenshot(Path.of("docs/images", name));
      if (width == 1280 && !dark) {
        browser.screenshot(Path.of("docs/images/top-of-page.png"), width, TOP);
      }
    }
    openAll();

    assertThat(browser.accessibilityFaults()).isEmpty();
  }
}
