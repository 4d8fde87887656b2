package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.main.Standalone;
import io.stepsync.run.Counters;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs and refreshes must write, and roll back, on every database alike. */
abstract class WriteCompatibilityTest extends LaneVerbsCompatibilityTest {

  private static final String COUNT = "select count(*) from \"user\"";
  private static final String ALIVE = COUNT + " where not \"_stepsync_deleted\"";
  private static final String CHECKPOINT = "select current_id, state, version from stepsync_state";
  private static final String REFRESHED =
      "select current_id, state from stepsync_state where kind = 'refresh'";

  private void users(String more) throws Exception {
    workspace.userStream(api.url(), "stepSize: 100\nmaxGap: 300\n" + more);
  }

  @Test
  void changed_and_late_rows_are_written_and_no_other() throws Exception {
    users("");
    api.users(1, 500).users(502, 1000);
    workspace.sync("user");
    String written = "select \"_stepsync_synced_at\" from \"user\" where \"id\" = '8'";
    List<String> before = workspace.query(written);
    api.records(7, 7, id -> RangeApi.user(id, "changed")).users(501, 501);

    Run run = workspace.refresh("user");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().upserted()).isEqualTo(2);
    assertThat(run.getCounters().unchanged()).isEqualTo(998);
    assertThat(workspace.query("select \"name\" from \"user\" where \"id\" in ('7', '501')"))
        .containsExactlyInAnyOrder("changed", "name 501");
    assertThat(workspace.query(written)).isEqualTo(before);
    assertThat(workspace.query("select current_id from stepsync_state where kind = 'sync'"))
        .containsExactly("1001");
    assertThat(workspace.query(REFRESHED)).containsExactly("1 {\"current_id\": 1}");
  }

  @ParameterizedTest
  @CsvSource({"soft, 300, 297", "hard, 297, 297"})
  void deleted_rows_are_marked_or_removed(String deletes, String rows, String alive)
      throws Exception {
    users("deletes: " + deletes);
    api.users(1, 300);
    workspace.sync("user");
    api.remove(9, 9);
    api.remove(99, 100);

    Run run = workspace.refresh("user");

    assertThat(run.getError()).isEmpty();
    assertThat(run.getCounters().deleted()).isEqualTo(3);
    assertThat(workspace.query(COUNT)).containsExactly(rows);
    assertThat(workspace.query(ALIVE)).containsExactly(alive);
    assertThat(workspace.query("select deleted from stepsync_run where kind = 'refresh'"))
        .containsExactly("3");
  }

  @Test
  void a_row_that_was_marked_as_deleted_and_comes_back_is_alive_again() throws Exception {
    users("deletes: soft");
    api.users(1, 300);
    workspace.sync("user");
    api.remove(5, 6);
    workspace.refresh("user");
    api.users(5, 5);

    Run run = workspace.refresh("user");

    assertThat(run.getCounters().upserted()).isEqualTo(1);
    assertThat(run.getCounters().deleted()).isZero();
    assertThat(workspace.query("select \"id\" from \"user\" where \"_stepsync_deleted\""))
        .containsExactly("6");
  }

  @Test
  void more_deletes_than_the_stream_allows_fail_the_refresh_and_delete_nothing() throws Exception {
    users("deletes: hard");
    api.users(1, 300);
    workspace.sync("user");
    api.remove(101, 131);

    Run run = workspace.refresh("user");

    assertThat(run.getError())
        .contains(
            "the API lacks 31 of 300 rows, such as 101, 102, 103, 104, 105: at most maxDeletes=10%,"
                + " here 30, may be deleted; nothing was deleted");
    assertThat(run.getCounters().deleted()).isZero();
    assertThat(workspace.query(COUNT)).containsExactly("300");
    assertThat(workspace.query("select * from stepsync_missing")).isEmpty();
    assertThat(workspace.query(REFRESHED)).containsExactly("1 {\"current_id\": 1}");

    users("deletes: hard\nmaxDeletes: 11%");
    assertThat(workspace.refresh("user").getCounters().deleted()).isEqualTo(31);
    assertThat(workspace.query(COUNT)).containsExactly("269");
    assertThat(workspace.query("select * from stepsync_missing")).isEmpty();
  }

  @Test
  void the_row_of_a_record_that_is_refused_now_stays() throws Exception {
    users("deletes: hard");
    api.users(1, 300);
    workspace.sync("user");
    api.records(7, 7, id -> "{\"id\":7,\"createdAt\":\"yesterday\"}");

    Run run = workspace.refresh("user");

    assertThat(run.getCounters().deadLetters()).isEqualTo(1);
    assertThat(workspace.query(COUNT)).containsExactly("300");
  }

  @Test
  void an_older_copy_never_overwrites_a_newer_one() throws Exception {
    users("versionColumn: updatedAt");
    api.users(1, 2);
    workspace.sync("user");
    api.records(1, 1, id -> RangeApi.user(id, "older").replace("2026-11-16", "2026-11-15"));
    api.records(2, 2, id -> RangeApi.user(id, "newer").replace("2026-11-16", "2026-11-17"));

    workspace.refresh("user");

    assertThat(workspace.query("select \"name\" from \"user\" order by \"id\""))
        .containsExactly("name 1", "newer");
  }

  @Test
  void rows_of_a_composite_key_are_deleted_by_the_whole_key() throws Exception {
    workspace.stream(
        "item",
        """
        url: %s
        table: item
        primaryKey: region,id
        columns: "id: LONG, region: STRING"
        deletes: hard
        maxDeletes: 40%%
        """
            .formatted(api.url()));
    api.records(1, 3, id -> "{\"id\":%d,\"region\":\"eu\"}".formatted(id));
    workspace.sync("item");
    api.records(2, 2, id -> "{\"id\":2,\"region\":\"us\"}");

    workspace.refresh("item");

    assertThat(workspace.query("select \"id\", \"region\" from \"item\" order by 1"))
        .containsExactly("1 eu", "2 us", "3 eu");
  }

  @Test
  void a_row_is_deleted_only_if_two_answers_lack_it() throws Exception {
    users("deletes: hard\nfetchAhead: 0");
    api.users(1, 300);
    workspace.sync("user");
    api.remove(9, 9);
    api.remove(99, 100);
    api.status((first, last) -> first == 201 ? comesBack(99) : 200);

    Run run = workspace.refresh("user");

    assertThat(run.getError()).isEmpty();
    assertThat(run.getCounters().deleted()).isEqualTo(2);
    assertThat(workspace.query("select \"id\" from \"user\" where \"id\" in ('9', '99', '100')"))
        .containsExactly("99");
  }

  private int comesBack(long id) {
    api.users(id, id);
    return 200;
  }

  @Test
  void a_refresh_that_was_stopped_before_or_in_its_second_look_takes_it_then() throws Exception {
    users("deletes: hard");
    api.users(1, 300);
    workspace.sync("user");
    api.remove(9, 9);
    api.remove(250, 250);
    api.status((first, last) -> first == last && first == 250 ? 403 : 200);
    Run stopped = workspace.refresh("user");
    List<String> between =
        workspace.query("select \"id\" from \"user\" where \"id\" in ('9', '250')");
    api.status((first, last) -> 200);

    Run run = workspace.refresh("user");

    assertThat(stopped.getStatus()).isEqualTo(RunStatus.FAILED);
    assertThat(between).containsExactly("250");
    assertThat(run.getCounters().windows()).isEqualTo(1);
    assertThat(run.getCounters().deleted()).isEqualTo(1);
    assertThat(workspace.query(COUNT)).containsExactly("298");
    assertThat(workspace.query(REFRESHED)).containsExactly("1 {\"current_id\": 1}");
  }

  @Test
  void a_row_that_did_not_change_keeps_the_moment_when_it_was_written() throws Exception {
    users("");
    api.users(1, 3);
    workspace.sync("user");
    String writtenAt = "select \"_stepsync_synced_at\" from \"user\" order by \"id\"";
    List<String> before = workspace.query(writtenAt);
    workspace.execute("update stepsync_state set current_id = 1, state = '{\"current_id\": 1}'");
    api.records(2, 2, id -> RangeApi.user(id, "renamed"));

    Run run = workspace.sync("user");

    List<String> after = workspace.query(writtenAt);
    assertThat(run.getCounters().upserted()).isEqualTo(1);
    assertThat(run.getCounters().unchanged()).isEqualTo(2);
    assertThat(after.get(0)).isEqualTo(before.get(0));
    assertThat(after.get(1)).isNotEqualTo(before.get(1));
    assertThat(after.get(2)).isEqualTo(before.get(2));
  }

  @Test
  void changes_are_counted_in_a_table_without_metadata_columns_too() throws Exception {
    users("metadataColumns: false");
    api.users(1, 3);
    workspace.sync("user");
    api.records(2, 2, id -> RangeApi.user(id, "renamed"));

    Run run = workspace.refresh("user");

    assertThat(run.getCounters().upserted()).isEqualTo(1);
    assertThat(run.getCounters().unchanged()).isEqualTo(2);
    assertThat(workspace.query("select \"name\" from \"user\" where \"id\" = '2'"))
        .containsExactly("renamed");
  }

  @Test
  void a_dead_letter_that_is_refused_again_counts_its_tries() throws Exception {
    users("");
    api.records(1, 1, id -> RangeApi.user(id, "x").replace("2026-11-15T00:58:20Z", "yesterday"));
    workspace.sync("user");
    workspace.execute("update stepsync_state set current_id = 1, state = '{\"current_id\": 1}'");

    workspace.sync("user");

    assertThat(workspace.query("select id, tries from stepsync_dead_letter"))
        .containsExactly("1 2");
  }

  @Test
  void rows_dead_letters_and_checkpoint_are_rolled_back_together() throws Exception {
    users("");
    api.users(1, 1000);
    workspace.sync("user");
    workspace.execute("alter table stepsync_dead_letter add constraint none check (id < 0)");
    api.users(1001, 1010).records(1005, 1005, id -> "{\"id\":\"1005\",\"createdAt\":7}");

    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(RunStatus.FAILED);
    assertThat(workspace.query(COUNT)).containsExactly("1000");
    assertThat(workspace.query(CHECKPOINT)).containsExactly("1001 {\"current_id\": 1001} 10");
  }

  @Test
  void a_runner_that_was_overtaken_by_another_changes_nothing() throws Exception {
    users("");
    api.users(1, 1000);
    Standalone standalone = workspace.load();
    Run run =
        standalone.withoutTriggers(
            context -> {
              api.onRequest(
                  () -> Databases.execute(context, "update stepsync_state set version = 7"));
              return Standalone.run(context, "user", RunKind.SYNC);
            });

    assertThat(run.getError())
        .get()
        .isEqualTo("window 1..100: another runner of this stream has moved its checkpoint");
    assertThat(workspace.query(COUNT)).containsExactly("0");
    assertThat(workspace.query(CHECKPOINT)).containsExactly("1 {\"current_id\": 1} 7");
  }

  /** What one of two does that begin at the same moment. */
  @Test
  void a_row_that_another_runner_makes_at_the_same_moment_is_taken_over() throws Exception {
    users("");
    api.users(1, 250);

    Run run =
        workspace
            .load()
            .withoutTriggers(
                context -> {
                  before(context, "stepsync-state", "stepsync-state-new", "sync");
                  before(context, "stepsync-refresh", "stepsync-refresh-new", "refresh");
                  Standalone.run(context, "user", RunKind.SYNC);
                  return Standalone.run(context, "user", RunKind.REFRESH);
                });

    assertThat(run.getError()).isEmpty();
    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(
            workspace.query("select current_id, version from stepsync_state where kind = 'sync'"))
        .containsExactly("251 6");
  }

  private static void before(CamelContext context, String route, String node, String kind)
      throws Exception {
    AdviceWith.adviceWith(
        context,
        route + "-load",
        advice ->
            advice
                .weaveById(node)
                .before()
                .process(
                    exchange ->
                        Databases.execute(
                            context,
                            "insert into stepsync_state (stream, lane, kind, current_id, state,"
                                + " version, updated_at) values ('user', 0, '"
                                + kind
                                + "', 1, '{\"current_id\": 1}', 0, current_timestamp)")));
  }

  @Test
  void a_record_that_only_the_database_refuses_becomes_a_dead_letter() throws Exception {
    users("");
    api.users(1, 3);
    workspace.sync("user");
    workspace.execute("alter table \"user\" add constraint good check (\"name\" <> 'bad')");
    api.users(4, 90).records(57, 57, id -> RangeApi.user(id, "bad"));

    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().upserted()).isEqualTo(86);
    assertThat(workspace.query(COUNT)).containsExactly("89");
    assertThat(workspace.query("select id, kind, tries from stepsync_dead_letter"))
        .containsExactly("57 record 1");
    assertThat(workspace.query("select lower(reason) from stepsync_dead_letter").get(0))
        .contains("good");
  }

  @Test
  void a_window_whose_every_row_the_database_refuses_counts_no_row() throws Exception {
    users("");
    api.users(1, 3);
    workspace.sync("user");
    workspace.execute("alter table \"user\" add constraint good check (\"name\" <> 'bad')");
    api.records(4, 5, id -> RangeApi.user(id, "bad"));

    Run run = workspace.sync("user");

    assertThat(counted(run)).isEqualTo("2 records, 0 upserted, 0 unchanged, 0 deleted, 2 dead");
    assertThat(workspace.query(COUNTED + "where lower(status) = 'caught_up' and dead = 2"))
        .containsExactly("2 0 0 0 2");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1, 1000})
  void a_row_that_the_database_does_not_let_go_is_left_and_kept_as_a_dead_letter(int stepSize)
      throws Exception {
    items(300, "stepSize: " + stepSize);
    ticketsFor(5, 6);
    api.remove(5, 7);
    api.records(8, 8, id -> "{\"id\":8,\"name\":\"renamed\"}");

    Run run = workspace.refresh("item");

    assertThat(run.getError()).isEmpty();
    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(counted(run)).isEqualTo("297 records, 1 upserted, 296 unchanged, 1 deleted, 2 dead");
    assertThat(workspace.query("select \"id\" from \"item\" where \"id\" < 9 order by 1"))
        .containsExactly("1", "2", "3", "4", "5", "6", "8");
    assertThat(workspace.query("select id, kind, tries from stepsync_dead_letter order by id"))
        .containsExactly("5 delete 1", "6 delete 1");
    assertThat(workspace.query("select lower(reason) from stepsync_dead_letter"))
        .allSatisfy(reason -> assertThat(reason).contains(brokenReference()).doesNotContain("\n"));
  }

  /** Returns what the database says, in small letters, of the constraint that a delete breaks. */
  protected String brokenReference() {
    return "named_by_ticket";
  }

  @Test
  void how_often_the_database_did_not_let_a_row_go_is_counted() throws Exception {
    items(30, "");
    ticketsFor(5);
    api.remove(5, 5);

    workspace.refresh("item");
    workspace.refresh("item");

    assertThat(workspace.query("select id, kind, tries from stepsync_dead_letter"))
        .containsExactly("5 delete 2");
    api.records(5, 5, id -> "{\"id\":5,\"name\":\"back\"}");
    workspace.refresh("item");
    assertThat(workspace.query("select id from stepsync_dead_letter")).isEmpty();
  }

  @Test
  void a_row_that_can_be_deleted_again_is_and_its_dead_letter_goes() throws Exception {
    items(30, "");
    ticketsFor(5);
    api.remove(5, 5);
    workspace.refresh("item");
    workspace.execute("delete from ticket");

    Run run = workspace.refresh("item");

    assertThat(run.getCounters().deleted()).isEqualTo(1);
    assertThat(workspace.query("select id from stepsync_dead_letter")).isEmpty();
  }

  @Test
  void rows_that_cannot_be_written_and_rows_that_cannot_be_deleted_are_found_in_one_window()
      throws Exception {
    items(30, "");
    ticketsFor(5);
    workspace.execute("alter table \"item\" add constraint good check (\"name\" <> 'bad')");
    api.remove(5, 6);
    api.records(8, 8, id -> "{\"id\":8,\"name\":\"bad\"}");

    Run run = workspace.refresh("item");

    assertThat(run.getError()).isEmpty();
    assertThat(counted(run)).isEqualTo("28 records, 0 upserted, 27 unchanged, 1 deleted, 2 dead");
    assertThat(workspace.query("select id, kind from stepsync_dead_letter order by id"))
        .containsExactly("5 delete", "8 record");
  }

  @Test
  void half_a_character_is_kept_in_a_payload_and_in_json_as_it_was() throws Exception {
    workspace.stream(
        "item",
        """
        url: %s
        table: item
        primaryKey: id
        columns: "id: LONG, name: STRING, json: JSON, count: INT"
        """
            .formatted(api.url()));
    String half = "x\\ud83dy \\ud83d\\ude00";
    api.records(1, 1, id -> "{\"id\":1,\"json\":{\"a\":\"%s\"}}".formatted(half))
        .records(2, 2, id -> "{\"id\":2,\"name\":\"%s\",\"count\":\"many\"}".formatted(half));
    workspace.sync("item");

    Run run =
        workspace.load().withoutTriggers(context -> Standalone.run(context, "item", RunKind.RETRY));

    assertThat(run.getCounters().deadLetters()).isEqualTo(1);
    assertThat(workspace.query("select \"json\" from \"item\" where \"id\" = 1"))
        .containsExactly("{\"a\":\"x\\ud83dy 😀\"}");
    assertThat(workspace.query("select payload from stepsync_dead_letter"))
        .containsExactly("{\"id\":2,\"name\":\"x\\ud83dy 😀\",\"count\":\"many\"}");
    assertThat(workspace.query("select \"id\" from \"item\"")).containsExactly("1");
  }

  @Test
  void numbers_in_text_and_in_json_are_written_as_the_api_wrote_them() throws Exception {
    workspace.stream(
        "item",
        """
        url: %s
        table: item
        primaryKey: id
        columns: "id: LONG, text: STRING, json: JSON, amount: DECIMAL(10,2), factor: DOUBLE"
        """
            .formatted(api.url()));
    String number =
        "{\"id\":%d,\"text\":%s,\"json\":[%2$s,{\"a\":%2$s}],\"amount\":%2$s,\"factor\":%2$s}";
    List<String> numbers = List.of("1e2", "0.000000000000001e15", "12.50", "-0");
    api.records(1, 4, id -> number.formatted(id, numbers.get((int) id - 1)));

    Run run = workspace.sync("item");

    assertThat(run.getError()).isEmpty();
    assertThat(
            workspace.query("select \"text\", \"json\", \"amount\" from \"item\" order by \"id\""))
        .containsExactly(
            "1e2 [1e2,{\"a\":1e2}] 100.00",
            "0.000000000000001e15 [0.000000000000001e15,{\"a\":0.000000000000001e15}] 1.00",
            "12.50 [12.50,{\"a\":12.50}] 12.50",
            "-0 [-0,{\"a\":-0}] 0.00");
    assertThat(workspace.query("select \"factor\" from \"item\" order by \"id\""))
        .allSatisfy(
            factor -> assertThat(Double.parseDouble(factor)).isIn(100.0, 1.0, 12.5, 0.0, -0.0));
    assertThat(workspace.refresh("item").getCounters().unchanged()).isEqualTo(4);
  }

  private void items(int count, String more) throws Exception {
    workspace.stream(
        "item",
        """
        url: %s
        table: item
        primaryKey: id
        columns: "id: LONG, name: STRING"
        deletes: hard
        %s
        """
            .formatted(api.url(), more));
    api.records(1, count, id -> "{\"id\":%d,\"name\":\"n\"}".formatted(id));
    workspace.sync("item");
  }

  /** Another table of the user's own, whose rows forbid to delete those that they name. */
  private void ticketsFor(long... ids) throws Exception {
    workspace.execute(
        "create table ticket (holder bigint,"
            + " constraint named_by_ticket foreign key (holder) references \"item\" (\"id\"))");
    for (long id : ids) {
      workspace.execute("insert into ticket values (" + id + ")");
    }
  }

  private static final String COUNTED =
      "select records, upserted, unchanged, deleted, dead from stepsync_run ";

  private static String counted(Run run) {
    Counters counters = run.getCounters();
    return "%d records, %d upserted, %d unchanged, %d deleted, %d dead"
        .formatted(
            counters.records(),
            counters.upserted(),
            counters.unchanged(),
            counters.deleted(),
            counters.deadLetters());
  }

  /** In a first load a window is inserted, which fails if a row is there. */
  @ParameterizedTest
  @ValueSource(strings = {"", "metadataColumns: false", "versionColumn: updatedAt"})
  void a_first_load_into_a_table_that_has_rows_writes_what_differs(String more) throws Exception {
    users(more);
    api.users(1, 500);
    workspace.sync("user");
    workspace.execute("delete from \"user\" where \"id\" not in ('7', '150', '151', '500')");
    workspace.execute("delete from stepsync_state");
    api.records(151, 151, id -> RangeApi.user(id, "changed"));

    Run run = workspace.sync("user");

    assertThat(run.getError()).isEmpty();
    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().upserted()).isEqualTo(497);
    assertThat(run.getCounters().unchanged()).isEqualTo(3);
    assertThat(run.getCounters().deadLetters()).isZero();
    assertThat(workspace.query("select \"name\" from \"user\" where \"id\" in ('150', '151')"))
        .containsExactlyInAnyOrder("name 150", "changed");
    assertThat(workspace.query(COUNT)).containsExactly("500");
    assertThat(workspace.refresh("user").getCounters().unchanged()).isEqualTo(500);
  }

  /** Above the rows that are there none is in the way, and each is counted. */
  @Test
  void the_rows_of_a_first_load_are_counted_and_written_only_once() throws Exception {
    users("");
    api.users(1, 1000);

    Run run = workspace.sync("user");

    assertThat(run.getCounters().upserted()).isEqualTo(1000);
    assertThat(run.getCounters().unchanged()).isZero();
    assertThat(workspace.query(COUNT)).containsExactly("1000");
    assertThat(workspace.query("select upserted from stepsync_run")).containsExactly("1000");
  }

  @Test
  void records_of_one_key_in_two_windows_of_a_first_load_are_one_row() throws Exception {
    workspace.stream(
        "user",
        "url: %s\ntable: user\nprimaryKey: email\ncolumns: 'id: LONG, email: STRING'\nstepSize: 100\n"
            .formatted(api.url()));
    api.records(1, 250, id -> "{\"id\":%d,\"email\":\"%d@x\"}".formatted(id, id % 120));

    Run run = workspace.sync("user");

    assertThat(run.getError()).isEmpty();
    assertThat(workspace.query(COUNT)).containsExactly("120");
    assertThat(workspace.query("select \"id\" from \"user\" where \"email\" = '7@x'"))
        .containsExactly("247");
  }
}
