package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.cli.terminal.Json;
import io.stepsync.main.Standalone;
import io.stepsync.routes.StepsyncProcess.Result;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was refused is kept, and can be listed, retried and dropped. */
class DeadLettersTest {

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void refuseARecord() throws Exception {
    workspace = new Workspace(directory).userStream(api.url(), "");
    api.users(1, 3);
    workspace.sync("user");
    workspace.execute(
        "alter table \"user\" add constraint no_bad_names check (\"name\" not like 'bad%')");
    api.users(4, 10).records(7, 7, id -> RangeApi.user(id, "bad"));
    workspace.sync("user");
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  private Run retry() throws Exception {
    return workspace
        .load()
        .withoutTriggers(context -> Standalone.run(context, "user", RunKind.RETRY));
  }

  @Test
  void a_retry_writes_the_stored_record_once_the_database_takes_it_and_asks_the_api_nothing()
      throws Exception {
    workspace.execute("alter table \"user\" drop constraint no_bad_names");
    int requests = api.requests();

    Run run = retry();

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().upserted()).isEqualTo(1);
    assertThat(workspace.query("select \"name\" from \"user\" where \"id\" = '7'"))
        .containsExactly("bad");
    assertThat(workspace.query("select count(*) from stepsync_dead_letter")).containsExactly("0");
    assertThat(workspace.query("select current_id from stepsync_state")).containsExactly("11");
    assertThat(api.requests()).isEqualTo(requests);
  }

  @Test
  void what_the_database_refuses_is_told_in_one_line() throws Exception {
    api.users(11, 12).records(12, 12, id -> RangeApi.user(id, "bad"));

    Result result = StepsyncProcess.run(directory, "sync", "user");

    assertThat(result.output().lines().filter(line -> !line.contains(" INFO ")))
        .singleElement()
        .asString()
        .contains("WARN  user: a dead letter, such as ID 12: ");
  }

  @Test
  void a_retry_above_the_checkpoint_leaves_it_where_it_is_and_the_next_sync_asks_all()
      throws Exception {
    workspace.execute("alter table \"user\" drop constraint no_bad_names");
    workspace.userStream(api.url(), "settleAfter: 0s");
    workspace.execute("delete from \"user\"");
    workspace.execute("update stepsync_state set current_id = 1, state = '{\"current_id\": 1}'");

    Run run = retry();

    assertThat(run.getCheckpoint().currentId()).isEqualTo(1);
    assertThat(workspace.query("select current_id from stepsync_state")).containsExactly("1");
    workspace.sync("user");
    assertThat(workspace.query("select count(*) from \"user\"")).containsExactly("10");
  }

  @Test
  void a_retry_writes_a_record_above_a_max_id_that_was_set_since() throws Exception {
    workspace.execute("alter table \"user\" drop constraint no_bad_names");
    workspace.userStream(api.url(), "maxId: 5");

    Run run = retry();

    assertThat(run.getCounters().upserted()).isEqualTo(1);
    assertThat(workspace.query("select \"name\" from \"user\" where \"id\" = '7'"))
        .containsExactly("bad");
    assertThat(workspace.query("select count(*) from stepsync_dead_letter")).containsExactly("0");
  }

  @Test
  void a_retry_of_stored_records_leaves_dead_letters_of_other_kinds_between_them()
      throws Exception {
    workspace.execute("alter table \"user\" drop constraint no_bad_names");
    workspace.execute(
        "insert into stepsync_dead_letter"
            + " (stream, id, kind, reason, payload, run, seen_at, tries) values"
            + " ('user', 9, 'record', 'bad', '"
            + RangeApi.user(9, "late")
            + "', 'r', current_timestamp, 1),"
            + " ('user', 8, 'delete', 'kept', '', 'r', current_timestamp, 1)");

    Run run = retry();

    assertThat(run.getCounters().upserted()).isEqualTo(2);
    assertThat(workspace.query("select id, kind from stepsync_dead_letter"))
        .containsExactly("8 delete");
  }

  @Test
  void a_retry_that_is_refused_again_counts_its_tries() throws Exception {
    retry();

    assertThat(workspace.query("select id, kind, tries from stepsync_dead_letter"))
        .containsExactly("7 record 2");
  }

  @Test
  void a_later_good_copy_of_the_record_clears_its_dead_letter() throws Exception {
    workspace.execute("update stepsync_state set current_id = 1, state = '{\"current_id\": 1}'");
    api.records(7, 7, id -> RangeApi.user(id, "good"));

    workspace.sync("user");

    assertThat(workspace.query("select \"name\" from \"user\" where \"id\" = '7'"))
        .containsExactly("good");
    assertThat(workspace.query("select count(*) from stepsync_dead_letter")).containsExactly("0");
  }

  @Test
  void dead_letters_are_listed_with_their_reasons_and_dropped() throws Exception {
    Result listed = StepsyncProcess.run(directory, "dead-letters", "list");
    Result json = StepsyncProcess.run(directory, "dead-letters", "list", "--json");
    Result dropped = StepsyncProcess.run(directory, "dead-letters", "drop", "user");
    Result unknown = StepsyncProcess.run(directory, "dead-letters", "drop", "person");

    assertThat(listed.exitCode()).as(listed.output()).isZero();
    assertThat(listed.output())
        .startsWith("user 7 record, tries 1, last ")
        .contains("NO_BAD_NAMES");
    assertThat(Json.tree(json.output()).path(0).path("reason").asText()).contains("NO_BAD_NAMES");
    assertThat(Json.tree(json.output()).path(0).path("payload").asText()).startsWith("{");
    assertThat(dropped.output()).isEqualToIgnoringNewLines("user: 1 dropped");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(workspace.query("select count(*) from stepsync_dead_letter")).containsExactly("0");
  }

  @Test
  void a_retry_of_more_records_than_are_read_at_once_goes_over_each_once_and_on_where_it_stopped()
      throws Exception {
    workspace.execute("alter table \"user\" drop constraint no_bad_names");
    workspace.execute("delete from stepsync_dead_letter");
    StringBuilder values = new StringBuilder();
    for (long id = 2001; id <= 4500; id++) {
      values
          .append(values.length() == 0 ? "" : ", ")
          .append("('user', %d, 'record', 'bad', '".formatted(id))
          .append(RangeApi.user(id, "n"))
          .append("', 'r', current_timestamp, 1)");
    }
    workspace.execute(
        "insert into stepsync_dead_letter"
            + " (stream, id, kind, reason, payload, run, seen_at, tries) values "
            + values);
    workspace.execute(
        "alter table \"user\" add constraint no_3500 check (\"id\" not in ('2001', '3500'))");

    Run run = retry();

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().records()).isEqualTo(2500);
    assertThat(run.getCounters().upserted()).isEqualTo(2498);
    assertThat(run.getCounters().windows()).isEqualTo(3);
    assertThat(workspace.query("select count(*) from stepsync_window where first_id > 2000"))
        .as("windows that the API was asked for")
        .containsExactly("0");
    assertThat(workspace.query("select id, tries from stepsync_dead_letter order by id"))
        .containsExactly("2001 2", "3500 2");
    workspace.execute("alter table \"user\" drop constraint no_3500");
    assertThat(retry().getCounters().upserted()).isEqualTo(2);
    assertThat(workspace.query("select count(*) from stepsync_dead_letter")).containsExactly("0");
  }

  @Test
  void only_those_are_listed_retried_and_dropped_whose_reason_has_a_text() throws Exception {
    workspace.execute(
        "insert into stepsync_dead_letter"
            + " (stream, id, kind, reason, payload, run, seen_at, tries) values"
            + " ('user', 8, 'record', '100% other', '{\"id\": 8}', 'r', current_timestamp, 1)");

    Result listed = StepsyncProcess.run(directory, "dead-letters", "list", "--reason", "0% OTHER");
    Result retried = StepsyncProcess.run(directory, "dead-letters", "retry", "--reason", "names");

    assertThat(listed.output().lines()).singleElement().asString().startsWith("user 8 record, ");
    assertThat(
            StepsyncProcess.run(
                    directory, "dead-letters", "list", "--reason", "other", "--limit", "0")
                .output()
                .lines())
        .containsExactly("0 of 1 are shown: see --limit, --reason and --json");
    assertThat(retried.exitCode()).as("refused again").isEqualTo(1);
    assertThat(retried.output())
        .containsPattern("WARN .*user: a dead letter, such as ID 7: .*NO_BAD_NAMES");
    assertThat(workspace.query("select id, tries from stepsync_dead_letter order by id"))
        .containsExactly("7 2", "8 1");
    assertThat(StepsyncProcess.run(directory, "dead-letters", "drop", "--reason", "other").output())
        .isEqualToIgnoringNewLines("user: 1 dropped");
    assertThat(workspace.query("select id from stepsync_dead_letter")).containsExactly("7");
  }

  @Test
  void a_list_of_more_than_are_read_at_once_has_each_once_in_json_and_groups_in_the_terminal()
      throws Exception {
    workspace.execute(
        "insert into stepsync_dead_letter"
            + " (stream, id, kind, reason, payload, run, seen_at, tries)"
            + " select 'user', 100 + s.n, 'record', 'bad', '{}', 'r', current_timestamp, 1"
            + " from unnest(sequence_array(1, 1500, 1)) as s(n)");

    Result plain = StepsyncProcess.run(directory, "dead-letters", "list");
    Result json = StepsyncProcess.run(directory, "dead-letters", "list", "--json");

    assertThat(plain.output().lines().map(line -> line.replaceAll(" +", " ")))
        .contains("stream count kind first ID reason", "user 1500 record 101 bad")
        .contains("20 of 1501 are shown: see --limit, --reason and --json");
    assertThat(plain.output().lines().filter(line -> line.contains(", tries 1, last ")).distinct())
        .hasSize(20);
    assertThat(Json.tree(json.output().substring(json.output().indexOf('[')))).hasSize(1501);
  }
}
