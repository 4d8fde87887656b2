package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.api.LaneRuns;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import io.stepsync.window.IdWindow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refresh of some IDs only. */
class PartRefreshTest {

  private static final String REFRESH =
      "select current_id, version, updated_at from stepsync_state where kind = 'refresh'";

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void openWorkspace() throws Exception {
    workspace = new Workspace(directory);
    stream("deletes: hard");
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  private void stream(String more) throws Exception {
    workspace.userStream(api.url(), "stepSize: 100\nmaxGap: 300\n" + more);
  }

  private List<Run> part(RunKind kind, long first, long last) throws Exception {
    return workspace
        .load()
        .withoutTriggers(
            context ->
                LaneRuns.of(context, "user", kind, Map.of("ids", new IdWindow(first, last))));
  }

  private List<String> rows(String ids) throws Exception {
    return workspace.query("select \"name\" from \"user\" where \"id\" in (" + ids + ")");
  }

  @Test
  void changes_and_deletes_are_taken_over_there_alone() throws Exception {
    api.users(1, 1000);
    workspace.sync("user");
    api.records(7, 7, id -> RangeApi.user(id, "new")).remove(8);
    api.records(507, 507, id -> RangeApi.user(id, "new")).remove(508);

    List<Run> runs = part(RunKind.PART, 450, 549);

    assertThat(runs)
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
              assertThat(run.getCounters().upserted()).isEqualTo(1);
              assertThat(run.getCounters().deleted()).isEqualTo(1);
            });
    assertThat(rows("'7', '8', '507', '508'")).containsExactlyInAnyOrder("name 7", "name 8", "new");
    assertThat(workspace.query("select current_id from stepsync_state where kind = 'sync'"))
        .containsExactly("1001");
    assertThat(workspace.query(REFRESH)).isEmpty();
    assertThat(workspace.query("select * from stepsync_missing")).isEmpty();
    assertThat(workspace.query("select kind, first_id, last_id from stepsync_run order by started"))
        .last()
        .isEqualTo("part 450 508");
  }

  @Test
  void a_refresh_that_was_stopped_goes_on_where_it_stood_and_deletes_what_it_had_noted()
      throws Exception {
    api.users(1, 1000);
    workspace.sync("user");
    api.remove(150).remove(850);
    api.status((first, last) -> first <= 450 && 450 <= last ? 404 : 200);
    workspace.refresh("user");
    List<String> before = workspace.query(REFRESH);
    api.status((first, last) -> 200);

    part(RunKind.PART, 801, 900);

    assertThat(workspace.query(REFRESH)).isEqualTo(before);
    assertThat(workspace.query("select id from stepsync_missing")).containsExactly("150");
    assertThat(rows("'150', '850'")).containsExactly("name 150");
    Run run = workspace.refresh("user");
    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(rows("'150', '850'")).isEmpty();
  }

  @Test
  void more_deletes_than_a_part_allows_fail_it_and_delete_nothing() throws Exception {
    api.users(1, 1000);
    workspace.sync("user");
    api.remove(501, 520);

    Run run = part(RunKind.PART, 501, 600).get(0);

    assertThat(run.getError().orElseThrow())
        .contains("the API lacks 20 of 100 rows")
        .endsWith("nothing was deleted");
    assertThat(workspace.query("select count(*) from \"user\"")).containsExactly("1000");
  }

  @Test
  void a_dry_one_tells_what_would_go_and_writes_nothing() throws Exception {
    api.users(1, 1000);
    workspace.sync("user");
    api.remove(5).remove(505);
    List<String> states = workspace.query("select * from stepsync_state");

    Run run = part(RunKind.DRY_PART, 501, 600).get(0);

    assertThat(run.getSecondLook().toString())
        .isEqualTo("the API lacks 1 of 100 rows, such as 505");
    assertThat(workspace.query("select count(*) from \"user\"")).containsExactly("1000");
    assertThat(workspace.query("select * from stepsync_state")).isEqualTo(states);
  }

  @Test
  void it_reaches_over_lanes() throws Exception {
    stream("deletes: hard\nlanes: 3\nheadUrl: " + api.headUrl(3000));
    api.users(1, 3000);
    workspace.sync("user");
    api.remove(950).remove(1050);

    List<Run> runs = part(RunKind.PART, 901, 1100);

    assertThat(runs).allMatch(run -> run.getStatus() == RunStatus.CAUGHT_UP);
    assertThat(runs.stream().mapToLong(run -> run.getCounters().deleted()).sum()).isEqualTo(2);
    assertThat(workspace.query("select count(*) from \"user\"")).containsExactly("2998");
  }
}
