package io.stepsync.routes;

import static io.stepsync.LongestWait.LONGEST_WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.cli.dryrun.CheckItem;
import io.stepsync.cli.dryrun.StreamCheckup;
import io.stepsync.main.Standalone;
import io.stepsync.page.PageServer;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every database server must do alike, that others use too. */
public abstract class ServerCompatibilityTest extends DatabaseCompatibilityTest {

  /** Ends all connections but this one's. */
  protected abstract void endConnections() throws Exception;

  /** Takes the right to make tables from the user of a database. */
  protected abstract void forbidTables(TestDatabase database) throws Exception;

  protected abstract void stopServer() throws Exception;

  protected abstract void startServer() throws Exception;

  @Test
  void a_restart_of_the_server_in_the_middle_of_a_run_costs_no_row() throws Exception {
    api.records(1, 2000, id -> "{\"id\":%d}".formatted(id));
    stream("id", "id: LONG");
    AtomicInteger requests = new AtomicInteger();
    CompletableFuture<Void> started = new CompletableFuture<>();
    api.onRequest(
        () -> {
          if (requests.incrementAndGet() == 10) {
            unchecked(this::stopServer);
            started.completeAsync(() -> unchecked(this::startServer));
          }
        });

    Run run = workspace.sync("all");

    started.get();
    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query("select count(*), max(\"id\") from \"all\""))
        .containsExactly("2000 2000");
    assertThat(workspace.query("select status, upserted from stepsync_run"))
        .containsExactly("caught_up 2000");
  }

  @Test
  void two_processes_that_ask_for_a_stream_at_once_keep_to_its_budget_together() throws Exception {
    // Quartz has a name for each context of a process
    Workspace other =
        new Workspace(Files.createDirectory(directory.resolve("other")), database)
            .property("camel.main.name", "other");
    stream(workspace, 20, "stepSize: 25\nfetchAhead: 3");
    stream(other, 20, "stepSize: 25\nfetchAhead: 3");
    workspace.load().withDatabase(sql -> "its tables are there now");
    AtomicReference<Arrivals> arrivals = new AtomicReference<>();
    CyclicBarrier started = new CyclicBarrier(2, () -> arrivals.set(new Arrivals(api)));

    CompletableFuture<Run> dry =
        CompletableFuture.supplyAsync(() -> runOnce(started, other, RunKind.DRY_RUN));
    Run sync = runOnce(started, workspace, RunKind.SYNC);

    assertThat(sync.getError()).isEmpty();
    assertThat(dry.get().getError()).isEmpty();
    assertThat(dry.get().getCounters().windows()).isPositive();
    arrivals.get().assertNoMoreThan(20);
  }

  @Test
  void two_processes_with_a_stream_each_keep_to_the_budget_of_both() throws Exception {
    Workspace other =
        new Workspace(Files.createDirectory(directory.resolve("other")), database)
            .property("camel.main.name", "other");
    api.users(1, 500);
    for (Workspace each : List.of(workspace, other)) {
      each.property("stepsync.budget.shop", "20/s, at most 3 at once");
      each.userStream(api.url(), "stepSize: 25\nmaxGap: 0\nfetchAhead: 3\nbudget: shop");
    }
    other.edit("user", "name: user", "name: person");
    other.edit("user", "value: user", "value: person");
    workspace.load().withDatabase(sql -> "its tables are there now");
    AtomicReference<Arrivals> arrivals = new AtomicReference<>();
    CyclicBarrier started = new CyclicBarrier(2, () -> arrivals.set(new Arrivals(api)));

    CompletableFuture<Run> dry =
        CompletableFuture.supplyAsync(() -> runOnce(started, other, "person", RunKind.DRY_RUN));
    Run sync = runOnce(started, workspace, "user", RunKind.SYNC);

    assertThat(sync.getError()).isEmpty();
    assertThat(dry.get().getError()).isEmpty();
    assertThat(dry.get().getCounters().windows()).isPositive();
    arrivals.get().assertNoMoreThan(20);
    assertThat(workspace.query("select stream from stepsync_budget"))
        .containsExactly("stepsync.budget.shop");
  }

  @RepeatedTest(3)
  void two_first_runs_of_a_stream_at_once_need_no_words_of_the_database() throws Exception {
    Workspace other =
        new Workspace(Files.createDirectory(directory.resolve("other")), database)
            .property("camel.main.name", "other");
    for (Workspace each : List.of(workspace, other)) {
      each.userStream(api.url(), "stepSize: 25\nmaxId: 200");
    }
    api.users(1, 200);
    workspace.load().withDatabase(sql -> "its tables are there now");
    CyclicBarrier started = new CyclicBarrier(2);

    CompletableFuture<Run> second =
        CompletableFuture.supplyAsync(() -> runOnce(started, other, RunKind.SYNC));
    Run first = runOnce(started, workspace, RunKind.SYNC);

    for (Run run : List.of(first, second.get())) {
      assertThat(run.getError().orElse("another runner of this stream"))
          .contains("another runner of this stream");
    }
    assertThat(workspace.query("select count(*) from \"user\"")).isNotEqualTo(List.of("0"));
    assertThat(workspace.sync("user").getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(workspace.query("select count(*) from \"user\"")).containsExactly("200");
  }

  private static Run runOnce(CyclicBarrier started, Workspace in, RunKind kind) {
    return runOnce(started, in, "user", kind);
  }

  private static Run runOnce(CyclicBarrier started, Workspace in, String stream, RunKind kind) {
    try {
      return in.load()
          .withoutTriggers(
              context -> {
                started.await(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
                return Standalone.run(context, stream, kind);
              });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void without_its_budget_a_run_fails_and_says_what_the_database_said() throws Exception {
    stream(workspace, 1000, "stepSize: 50\nfetchAhead: 0");
    AtomicInteger requests = new AtomicInteger();
    api.onRequest(
        () -> {
          if (requests.incrementAndGet() == 3) {
            unchecked(() -> workspace.execute("drop table stepsync_budget"));
          }
        });

    Run run = workspace.sync("user");

    assertThat(run.getError()).get().asString().contains("window 151..200: ", "stepsync_budget");
    assertThat(requests).hasValue(3);
    assertThat(workspace.query("select current_id from stepsync_state")).containsExactly("151");
  }

  private static Void unchecked(Action action) {
    try {
      action.run();
      return null;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_window_whose_connection_is_lost_is_written_again() throws Exception {
    api.records(1, 2000, id -> "{\"id\":%d}".formatted(id));
    stream("id", "id: LONG");
    AtomicInteger requests = new AtomicInteger();
    api.onRequest(
        () -> {
          if (requests.incrementAndGet() % 5 == 0) {
            unchecked(this::endConnections);
          }
        });

    Run run = workspace.sync("all");

    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query("select count(*), max(\"id\") from \"all\""))
        .containsExactly("2000 2000");
  }

  @Test
  void the_status_page_reads_what_a_run_wrote() throws Exception {
    api.records(1, 2000, id -> "{\"id\":%d}".formatted(id));
    stream("id", "id: LONG");
    workspace.sync("all");
    workspace.execute("delete from stepsync_window");
    workspace.execute(
        "insert into stepsync_window select run, 1, 1000, 1000, 30, 2 from stepsync_run");
    workspace.execute(
        "insert into stepsync_window select run, 1001, 2000, 0, 50, 1 from stepsync_run");
    workspace.execute(
        "insert into stepsync_dead_letter values"
            + " ('all', 1500, 'record', 'why', '{}', 'r', current_timestamp, 1)");
    workspace.property("stepsync.page.enabled", "true");

    try (PageServer page = new PageServer(workspace)) {
      assertThat(page.get("api/streams"))
          .contains("\"state\":\"caught_up\"", "\"checkpoint\":\"2001\"", "\"deadLetters\":1");
      assertThat(page.get("api/stream?stream=all"))
          .contains("\"kind\":\"records\",\"share\":4,\"from\":0,\"to\":200,\"firstId\":\"1\"")
          .contains("\"kind\":\"gap\"", "\"meanMillis\":26", "\"longestMillis\":50")
          .contains("\"deadLetters\":[{\"cell\":299,\"count\":1,\"firstId\":\"1500\"}]");
      assertThat(page.get("api/dead-letters")).contains("\"reason\":\"why\"");
      page.post("api/pause?stream=all");
      page.post("api/pause?stream=all");
      assertThat(workspace.query("select stream from stepsync_pause")).containsExactly("all");
      page.post("api/resume?stream=all");
      assertThat(workspace.query("select stream from stepsync_pause")).isEmpty();
    }
  }

  private void stream(String key, String columns) throws Exception {
    workspace.stream(
        "all",
        "url: %s\ntable: all\nprimaryKey: %s\nstepSize: 100\nmaxGap: 0\ncolumns: \"%s\""
            .formatted(api.url(), key, columns));
  }

  private void onlyTheThirdIsRefused(String reason) throws Exception {
    Run run = workspace.sync("all");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(workspace.query("select \"id\" from \"all\" order by 1"))
        .containsExactly("1", "2", "4", "5");
    assertThat(workspace.query("select id, reason from stepsync_dead_letter"))
        .singleElement()
        .asString()
        .startsWith("3 ")
        .containsIgnoringCase(reason);
  }

  @Test
  void a_time_of_more_decimals_than_the_database_keeps_is_refused() throws Exception {
    api.records(1, 5, id -> "{\"id\":%d,\"at\":\"2026-11-15T00:58:20.123456000Z\"}".formatted(id))
        .records(3, 3, id -> "{\"id\":3,\"at\":\"2026-11-15T00:58:20.1234567Z\"}");
    stream("id", "id: LONG, at: UTC_DATETIME");

    onlyTheThirdIsRefused("a database keeps six decimals");
  }

  @Test
  void text_with_half_a_character_is_refused() throws Exception {
    api.records(1, 5, id -> "{\"id\":%d,\"text\":\"\\ud83d\\ude00\"}".formatted(id))
        .records(3, 3, id -> "{\"id\":3,\"text\":\"\\ud83d\"}");
    stream("id", "id: LONG, text: STRING");

    onlyTheThirdIsRefused("half a character");

    workspace.load().withoutTriggers(context -> Standalone.run(context, "all", RunKind.RETRY));
    assertThat(workspace.query("select id, tries, payload from stepsync_dead_letter"))
        .containsExactly("3 2 {\"id\":3,\"text\":\"\\ud83d\"}");
    assertThat(workspace.query("select \"id\" from \"all\" order by 1"))
        .containsExactly("1", "2", "4", "5");
  }

  @Test
  void a_year_of_more_than_four_digits_is_refused() throws Exception {
    api.records(1, 5, id -> "{\"id\":%d,\"day\":\"9999-12-31\"}".formatted(id))
        .records(3, 3, id -> "{\"id\":3,\"day\":\"+10000-01-01\"}");
    stream("id", "id: LONG, day: NAIVE_DATE");

    onlyTheThirdIsRefused("the year must be 1 to 9999");
  }

  @Test
  void a_key_that_is_too_long_for_an_index_is_refused() throws Exception {
    String random =
        new Random(7)
            .ints(10_000, 'a', 'z')
            .mapToObj(Character::toString)
            .reduce("", String::concat);
    api.records(1, 5, id -> "{\"id\":%d,\"code\":\"c%d\"}".formatted(id, id))
        .records(3, 3, id -> "{\"id\":3,\"code\":\"" + random + "\"}");
    stream("code", "id: LONG, code: STRING");

    onlyTheThirdIsRefused("");
  }

  @Test
  void a_database_with_other_tables_is_used_as_it_is() throws Exception {
    workspace.execute("create table theirs (id integer primary key)");
    api.records(1, 5, id -> "{\"id\":" + id + "}");
    stream("id", "id: LONG");

    assertThat(workspace.sync("all").getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(workspace.query("select count(*) from theirs")).containsExactly("0");
  }

  @Test
  void a_check_tells_whether_the_table_can_be_made_and_makes_none() throws Exception {
    TestDatabase own = database(directory);
    workspace = new Workspace(directory, own);
    api.records(1, 5, id -> "{\"id\":" + id + "}");
    stream("id", "id: LONG");
    workspace.load().withDatabase(sql -> "its tables are there now");

    CheckItem allowed = checkTable();
    forbidTables(own);
    CheckItem forbidden = checkTable();

    assertThat(allowed.detail()).isEqualTo("all is missing, a run creates it");
    assertThat(forbidden.ok()).isFalse();
    assertThat(forbidden.advice()).startsWith("grant the user the right to create");
    assertThat(workspace.sync("all").getError().orElseThrow())
        .startsWith("table all may not be made or altered by the database's user (")
        .contains("); grant it that, or have one who may do this: CREATE TABLE ");
  }

  @Test
  void a_user_who_may_not_make_the_own_tables_is_told_what_to_do() throws Exception {
    TestDatabase own = database(directory);
    workspace = new Workspace(directory, own);
    stream("id", "id: LONG");
    forbidTables(own);

    assertThatThrownBy(() -> workspace.sync("all"))
        .hasMessageStartingWith("the user " + own.username()) // MySQL names the host too
        .hasMessageContaining(
            " may not make stepsync's own tables in " + own.url().replaceFirst("[?].*", ""))
        .hasMessageContaining("); grant the user CREATE there, or have one who may");
  }

  private CheckItem checkTable() throws Exception {
    Standalone standalone = workspace.load();
    List<CheckItem> items =
        standalone.forTrial(
            (context, problem) ->
                StreamCheckup.of(context, standalone.streams().get("all"), problem));
    assertThat(items.get(1).ok()).as(items.get(1).detail()).isTrue();
    return items.get(2);
  }

  @Test
  void a_wrong_password_is_told_without_a_password() throws Exception {
    TestDatabase right = database(directory);
    TestDatabase wrong =
        new TestDatabase(right.url(), right.testUrl(), right.username(), "Fal5ch!");
    stream("id", "id: LONG");
    new Workspace(directory, wrong);

    assertThatThrownBy(() -> workspace.sync("all"))
        .hasMessageContaining("cannot be opened")
        .hasMessageContaining(right.username())
        .hasStackTraceContaining(right.username())
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("Fal5ch!"));
  }

  private static String stackTrace(Throwable thrown) {
    java.io.StringWriter text = new java.io.StringWriter();
    thrown.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }
}
