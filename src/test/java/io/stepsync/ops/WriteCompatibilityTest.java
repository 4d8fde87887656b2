package io.stepsync.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.camel.Run;
import io.stepsync.camel.RunKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    assertThat(run.getStatus()).isEqualTo(Run.Status.CAUGHT_UP);
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
    api.remove(101, 111);

    Run run = workspace.refresh("user");

    assertThat(run.getError())
        .contains(
            "window 101..200: a refresh must delete at most maxDeletes=10% of a window's rows,"
                + " here 10, was 11 of 100");
    assertThat(workspace.query(COUNT)).containsExactly("300");

    users("deletes: hard\nmaxDeletes: 11%");
    assertThat(workspace.refresh("user").getCounters().firstId()).isEqualTo(101);
    assertThat(workspace.query(COUNT)).containsExactly("289");
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

    assertThat(run.getStatus()).isEqualTo(Run.Status.FAILED);
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

  @Test
  void a_record_that_only_the_database_refuses_becomes_a_dead_letter() throws Exception {
    users("");
    api.users(1, 3);
    workspace.sync("user");
    workspace.execute("alter table \"user\" add constraint good check (\"name\" <> 'bad')");
    api.users(4, 90).records(57, 57, id -> RangeApi.user(id, "bad"));

    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(Run.Status.CAUGHT_UP);
    assertThat(run.getCounters().upserted()).isEqualTo(86);
    assertThat(workspace.query(COUNT)).containsExactly("89");
    assertThat(workspace.query("select id, kind, tries from stepsync_dead_letter"))
        .containsExactly("57 record 1");
    assertThat(workspace.query("select lower(reason) from stepsync_dead_letter").get(0))
        .contains("good");
  }
}
