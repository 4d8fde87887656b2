package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stepsync.SettingException;
import io.stepsync.api.LaneRuns;
import io.stepsync.cli.StateChange;
import io.stepsync.cli.StreamStatus;
import io.stepsync.cli.StreamStatuses;
import io.stepsync.cli.StreamsVerb;
import io.stepsync.main.Standalone;
import io.stepsync.run.Run;
import io.stepsync.run.StreamMemory;
import io.stepsync.store.DataSources;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import io.stepsync.store.StreamMoments;
import io.stepsync.store.alive.RunProcess;
import io.stepsync.store.budget.Budgets;
import io.stepsync.store.history.StreamState;
import io.stepsync.store.letters.DeadLetterTable;
import io.stepsync.window.IdWindow;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What people see and move on the command line, on every database alike. */
abstract class OperateCompatibilityTest extends BudgetCompatibilityTest {

  private static final String STATUS = "select status from stepsync_run order by started";
  private static final String LIMIT = "select limit_records from stepsync_state";
  private static final String WINDOWS =
      "select first_id, last_id, records, attempts from stepsync_window order by first_id";

  private void users(String more) throws Exception {
    workspace.userStream(api.url(), "stepSize: 100\nresponseLimit: 101\nmaxGap: 700\n" + more);
  }

  final StreamStatus status() throws Exception {
    Standalone standalone = workspace.load();
    return standalone.withDatabase(
        sql ->
            new StreamStatuses(sql, Budgets.of(standalone.context()), Instant.now())
                .of(List.of(standalone.streams().get("user")), Map.of("user", "0 0 0 1 1 ? 2099"))
                .get(0));
  }

  final void change(boolean force, Change change) throws Exception {
    Standalone standalone = workspace.load();
    standalone.withDatabase(
        sql -> {
          change.with(
              new StateChange(new StreamsVerb.Streams(standalone, List.of("user"), sql), force));
          return true;
        });
  }

  interface Change {
    void with(StateChange change);
  }

  /** A run whose process was killed, on a machine of which nothing is known. */
  private void killedRun() throws Exception {
    workspace.load().withDatabase(sql -> "its tables are there now");
    workspace.execute(
        "insert into stepsync_run (run, stream, kind, started, status, windows, records, upserted,"
            + " unchanged, deleted, dead, bytes) values ('killed', 'user', 'sync',"
            + " timestamp '2026-01-01 00:00:00', 'running', 0, 0, 0, 0, 0, 0, 0)");
  }

  @Test
  void a_stream_was_caught_up_when_it_was_in_whatever_zone_that_is_read() throws Exception {
    users("maxLag: 1h");
    api.users(1, 3);
    workspace.sync("user");
    Instant ended = Instant.now();
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
    try {
      Observed.during(
          workspace,
          stepsync -> {
            assertThat(stepsync.get("/observe/health/ready").statusCode()).isEqualTo(200);
            long told = stepsync.scrape().user("last_success_timestamp_seconds").longValue();
            assertThat(told).isCloseTo(ended.getEpochSecond(), within(600L));
          });
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void each_window_leaves_a_row_and_so_do_the_empty_ones_of_a_gap_together() throws Exception {
    users("");
    api.users(1, 150).users(801, 810);

    workspace.sync("user");

    assertThat(workspace.query(WINDOWS))
        .containsExactly(
            "1 100 100 1", "101 200 50 1", "201 500 0 2", "501 900 10 1", "901 2100 0 2");
  }

  @Test
  void runs_beyond_the_last_are_forgotten_with_their_windows_but_not_the_last_success()
      throws Exception {
    Files.writeString(
        directory.resolve("application.properties"),
        "stepsync.history.runs=2\n",
        StandardOpenOption.APPEND);
    users("");
    api.users(1, 50);
    workspace.sync("user");
    workspace.sync("user");
    api.status((first, last) -> 404);
    for (int i = 0; i < 3; i++) {
      workspace.sync("user");
    }

    assertThat(workspace.query(STATUS)).containsExactly("caught_up", "failed", "failed");
    assertThat(workspace.query("select count(distinct run) from stepsync_window"))
        .containsExactly("1");
    StreamStatus status = status();
    assertThat(status.state()).isEqualTo(StreamState.FAILED);
    assertThat(status.error()).contains("404");
    assertThat(status.lastSuccess()).isNotNull();
  }

  @Test
  void dead_letters_are_told_by_the_rule_that_they_broke_and_found_by_their_reason()
      throws Exception {
    users("");
    workspace.load().withDatabase(sql -> "its tables are there now");
    for (String letter :
        List.of(
            "1, 'record', 'n must fit, was 1'",
            "2, 'record', 'n must fit, was 2'",
            "2, 'fetch', 'status 500'",
            "3, 'record', '100% Other Detail: secret'")) {
      workspace.execute(
          "insert into stepsync_dead_letter (stream, id, kind, reason, payload, run, seen_at,"
              + " tries) values ('user', %s, '{}', 'r', current_timestamp, 1)".formatted(letter));
    }

    workspace
        .load()
        .withDatabase(
            sql -> {
              DeadLetterTable letters = new DeadLetterTable(sql);
              assertThat(letters.groups("user"))
                  .extracting(
                      group -> group.count() + " " + group.exampleId() + " " + group.reason())
                  .containsExactly("2 1 n must fit", "1 2 status 500", "1 3 100% Other");
              List<Long> found = new ArrayList<>();
              letters.each("user", "0% OTHER", letter -> found.add(letter.id()));
              assertThat(found).containsExactly(3L);
              assertThat(letters.count("user", "")).isEqualTo(4);
              assertThat(letters.drop("user", "must")).isEqualTo(2);
              return true;
            });
    assertThat(workspace.query("select id, kind from stepsync_dead_letter order by id"))
        .containsExactly("2 fetch", "3 record");
  }

  @Test
  void a_part_is_refreshed_alone() throws Exception {
    users("deletes: hard");
    api.users(1, 300);
    workspace.sync("user");
    api.records(7, 7, id -> RangeApi.user(id, "new")).remove(8);
    api.records(207, 207, id -> RangeApi.user(id, "new")).remove(208);

    Run part =
        workspace
            .load()
            .withoutTriggers(
                context ->
                    LaneRuns.of(
                        context, "user", RunKind.PART, Map.of("ids", new IdWindow(201, 250))))
            .get(0);

    assertThat(part.getError()).isEmpty();
    assertThat(part.getCounters().upserted()).isEqualTo(1);
    assertThat(part.getCounters().unchanged()).isEqualTo(48);
    assertThat(part.getCounters().deleted()).isEqualTo(1);
    assertThat(workspace.query("select \"name\" from \"user\" where \"id\" in ('7', '207')"))
        .containsExactlyInAnyOrder("name 7", "new");
  }

  @Test
  void a_killed_run_is_broken_off_once_the_next_one_starts() throws Exception {
    users("");
    killedRun();
    assertThat(status().state()).isEqualTo(StreamState.RUNNING_OR_BROKEN_OFF);

    workspace.sync("user");

    assertThat(workspace.query(STATUS)).containsExactly("broken_off", "caught_up");
  }

  @Test
  void whether_a_run_goes_on_is_told_by_its_process() throws Exception {
    users("");
    killedRun();
    workspace.execute("update stepsync_run set process = '%s'".formatted(RunProcess.own().text()));
    assertThat(status().state()).isEqualTo(StreamState.RUNNING);
    assertThatThrownBy(() -> change(false, state -> state.move("user", 7)))
        .hasMessageContaining(" goes on; let it end, or use --force");

    workspace.execute(
        "update stepsync_run set process = '%s'".formatted(RunProcess.own().text() + "0"));
    assertThat(status().state()).isEqualTo(StreamState.BROKEN_OFF);
    change(false, state -> state.move("user", 7));
  }

  @Test
  void the_status_tells_where_a_stream_stands_from_the_beginning_to_the_head() throws Exception {
    users("headUrl: " + api.headUrl(60) + "\nrefreshSchedule: 0 0 0 1 1 ? 2099\n");
    api.users(1, 50);
    StreamStatus before = status();

    workspace.sync("user");
    StreamStatus synced = status();
    workspace.refresh("user");

    assertThat(before.state()).isEqualTo(StreamState.NEVER_RUN);
    assertThat(before.checkpoint()).isNull();
    assertThat(synced.state()).isEqualTo(StreamState.CAUGHT_UP);
    assertThat(synced.checkpoint()).isEqualTo(51);
    assertThat(synced.head()).isEqualTo(60);
    assertThat(synced.lag()).isEqualTo(10);
    assertThat(synced.refresh().state()).isEqualTo(StreamState.NEVER_RUN);
    assertThat(synced.nextRun()).isEqualTo(synced.refresh().nextDue()).isNotNull();
    assertThat(status().refresh().state()).isEqualTo(StreamState.CAUGHT_UP);
  }

  @Test
  void a_checkpoint_is_moved_by_hand_and_the_next_run_starts_there() throws Exception {
    users("");
    api.users(1, 150);
    change(false, state -> state.move("user", 101));

    Run first = workspace.sync("user");
    change(false, state -> state.move("user", 141));
    Run second = workspace.sync("user");
    change(false, state -> state.reset("user"));
    Run third = workspace.sync("user");

    assertThat(first.getCounters().records()).isEqualTo(50);
    assertThat(second.getCounters().records()).isEqualTo(10);
    assertThat(third.getCounters().records()).isEqualTo(150);
    assertThatThrownBy(() -> change(false, state -> state.move("user", 0)))
        .isInstanceOf(SettingException.class)
        .hasMessage("stream user: current_id must be >= initialId (1), was 0");
  }

  @Test
  void what_was_known_below_a_checkpoint_does_not_hold_where_it_is_moved_to() throws Exception {
    users("");
    api.users(1, 150);
    workspace.sync("user");
    workspace.execute(
        "update stepsync_state set known_from = 1, known_records = 150," + " limit_records = 101");

    change(false, state -> state.move("user", 50));

    assertThat(
            workspace.query(
                "select current_id, state, known_from, known_records from stepsync_state"))
        .containsExactly("50 {\"current_id\": 50} 0 0");
    assertThat(workspace.query(LIMIT)).containsExactly("101");
    change(false, state -> state.reset("user"));
    assertThat(workspace.query(LIMIT)).containsExactly("0");
  }

  @Test
  void a_checkpoint_is_not_moved_while_a_run_may_be_alive_unless_it_is_forced() throws Exception {
    users("");
    killedRun();

    assertThatThrownBy(() -> change(false, state -> state.move("user", 7)))
        .hasMessageContaining("is alive, or its process was killed; let it end, or use --force");
    assertThat(workspace.query("select count(*) from stepsync_state")).containsExactly("0");
    change(true, state -> state.move("user", 7));

    assertThat(workspace.query("select current_id from stepsync_state")).containsExactly("7");
  }

  @Test
  void a_run_that_is_alive_writes_nothing_more_once_its_checkpoint_was_moved() throws Exception {
    users("fetchAhead: 0"); // a window that is asked besides may be written before the move
    api.users(1, 1000);
    Standalone standalone = workspace.load();

    Run run = standalone.withoutTriggers(context -> runWhileCheckpointIsMoved(context, standalone));

    assertThat(run.getError().orElseThrow())
        .contains("another runner of this stream has moved its checkpoint");
    assertThat(workspace.query("select current_id from stepsync_state")).containsExactly("500");
    assertThat(workspace.query("select count(*) from \"user\"")).containsExactly("0");
  }

  /** The other runner may be killed a moment later, and then nobody else would run the stream. */
  @Test
  void a_stream_does_not_pause_for_runs_that_another_runner_has_overtaken() throws Exception {
    users("fetchAhead: 0");
    api.users(1, 1000);
    Standalone standalone = workspace.load();

    boolean pausing =
        standalone.withoutTriggers(
            context -> {
              for (int i = 0; i < 3; i++) {
                Run run = runWhileCheckpointIsMoved(context, standalone);
                assertThat(run.getStatus()).isEqualTo(RunStatus.FAILED);
              }
              return StreamMemory.of(context, "user").isPausing(0, Instant.now());
            });

    assertThat(pausing).isFalse();
  }

  private Run runWhileCheckpointIsMoved(CamelContext context, Standalone standalone)
      throws Exception {
    AtomicBoolean moved = new AtomicBoolean();
    api.onRequest(
        () -> {
          if (moved.compareAndSet(false, true)) {
            new StateChange(new StreamsVerb.Streams(standalone, List.of(), sql(context)), true)
                .move("user", 500);
          }
        });
    return Standalone.run(context, "user", RunKind.SYNC);
  }

  private static JdbcTemplate sql(CamelContext context) {
    return new JdbcTemplate(DataSources.of(context));
  }

  @Test
  void the_trigger_of_a_paused_stream_is_passed_over_until_it_is_resumed() throws Exception {
    users("");
    List<Integer> rows =
        workspace
            .load()
            .withoutTriggers(
                context -> {
                  StreamMoments paused = StreamMoments.paused(sql(context));
                  assertThat(paused.add("user")).isTrue();
                  assertThat(paused.add("user")).isFalse();
                  int whilePaused = pauseRows(context);
                  assertThat(paused.remove("user")).isTrue();
                  assertThat(paused.remove("user")).isFalse();
                  return List.of(whilePaused, pauseRows(context));
                });

    assertThat(rows).containsExactly(1, 0);
  }

  /** Does what the trigger's route does first. */
  private static int pauseRows(CamelContext context) throws Exception {
    Exchange exchange = new DefaultExchange(context);
    exchange.setVariable("stream", "user");
    exchange.setVariable("lane", 7); // there is none, and so no row but that of the pause
    try (ProducerTemplate template = context.createProducerTemplate()) {
      template.send("direct:stepsync-firing-load", exchange);
    }
    return exchange.getMessage().getBody(List.class).size();
  }
}
