package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.cli.StreamStatus;
import io.stepsync.cli.StreamStatuses;
import io.stepsync.main.Database;
import io.stepsync.run.Run;
import io.stepsync.store.RunStatus;
import io.stepsync.store.budget.Budgets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Records that come late, while a run asks, beside a duplicate, or behind a gap. */
class LateRecordsTest {

  private static final String COUNT = "select count(*) from \"user\"";

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void openWorkspace() throws Exception {
    workspace = new Workspace(directory).userStream(api.url(), "fetchAhead: 0");
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  private Run sync() throws Exception {
    Run run = workspace.sync("user");
    assertThat(run.getError()).isEmpty();
    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    return run;
  }

  /** Adds records just before the window that begins at {@code id} is answered. */
  private void addBefore(long id, long firstId, long lastId) {
    api.status(
        (first, last) -> {
          if (first == id) {
            api.users(firstId, lastId);
          }
          return 200;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"fetchAhead: 0", "maxId: 100000", "fetchAhead: 0\nmaxId: 100000"})
  void records_that_come_in_order_behind_a_window_that_was_asked_are_found(String settings)
      throws Exception {
    workspace.userStream(api.url(), settings);
    api.users(1, 900);
    addBefore(1001, 901, 1200);

    Run run = sync();

    assertThat(run.getCheckpoint().currentId()).isEqualTo(1201);
    assertThat(workspace.query(COUNT)).containsExactly("1200");
  }

  @Test
  void those_of_a_large_insert_in_the_middle_of_a_first_load_are_found() throws Exception {
    workspace.userStream(api.url(), "stepSize: 10");
    api.users(1, 15);
    addBefore(21, 16, 3000);

    sync();

    assertThat(workspace.query(COUNT)).containsExactly("3000");
  }

  @Test
  void a_run_that_dies_leaves_them_to_the_next() throws Exception {
    api.users(1, 900);
    api.status(
        (first, last) -> {
          if (first == 1001) {
            api.users(901, 1200);
          }
          return first > 1001 ? 400 : 200;
        });
    Run broken = workspace.sync("user");
    api.status((first, last) -> 200);

    assertThat(broken.getStatus()).isEqualTo(RunStatus.FAILED);
    sync();
    assertThat(workspace.query(COUNT)).containsExactly("1200");
  }

  @Test
  void records_that_come_after_higher_ones_were_copied_are_found_once_settle_after_has_passed()
      throws Exception {
    workspace.userStream(api.url(), "settleAfter: 1ms");
    api.users(1, 990).users(996, 1500);
    sync();
    api.users(991, 995).users(1501, 1510);

    Run second = sync();

    assertThat(second.getCounters().upserted()).isEqualTo(15);
    assertThat(workspace.query(COUNT)).containsExactly("1510");
    assertThat(workspace.query("select young from stepsync_state")).containsExactly("null");
  }

  @Test
  void unused_ids_are_young_for_ten_minutes_and_status_tells_how_many() throws Exception {
    api.users(1, 990).users(996, 1500);
    sync();

    StreamStatus status = status();

    assertThat(status.young()).isEqualTo(5);
    assertThat(status.youngUntil()).isAfter(status.lastWritten().plusSeconds(500));
    assertThat(workspace.query("select young from stepsync_state").get(0)).startsWith("991-995 5 ");
  }

  private StreamStatus status() throws Exception {
    return workspace
        .load()
        .withoutTriggers(
            context ->
                new StreamStatuses(
                        new JdbcTemplate(
                            context
                                .getRegistry()
                                .lookupByNameAndType(Database.NAME, DataSource.class)),
                        Budgets.of(context),
                        Instant.now())
                    .of(
                        List.of(workspace.load().streams().get("user")),
                        Map.of("user", "0 0 0 1 1 ? 2099"))
                    .get(0));
  }

  @Test
  void with_settle_after_0_no_id_is_asked_again() throws Exception {
    workspace.userStream(api.url(), "fetchAhead: 0\nsettleAfter: 0s");
    api.users(1, 990).users(996, 1500);
    sync();
    int asked = api.requests();
    api.users(991, 995);

    sync();

    assertThat(workspace.query(COUNT)).containsExactly("1495");
    assertThat(api.requests() - asked).isEqualTo(10);
  }

  @Test
  void a_stream_at_rest_asks_no_more_than_its_gap_needs() throws Exception {
    workspace.userStream(api.url(), "fetchAhead: 0\nsettleAfter: 1ms");
    api.users(1, 990).users(996, 1500);
    sync();
    sync();
    int asked = api.requests();

    sync();

    assertThat(api.requests() - asked).isEqualTo(10);
  }

  @Test
  void an_api_that_cuts_by_ids_and_gives_one_twice_loses_none() throws Exception {
    api.users(1, 2000).cuttingAt(100).twice(1);

    sync();

    assertThat(workspace.query(COUNT)).containsExactly("2000");
    assertThat(workspace.query("select limit_ids from stepsync_state")).containsExactly("100");
  }

  @Test
  void a_response_limit_goes_with_its_setting() throws Exception {
    workspace.userStream(api.url(), "responseLimit: 100");
    api.users(1, 10);
    sync();
    workspace.userStream(api.url(), "");
    api.users(11, 2000).cuttingAt(20);

    sync();

    assertThat(workspace.query(COUNT)).containsExactly("2000");
    assertThat(workspace.query("select limit_records from stepsync_state")).containsExactly("20");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 409, 410, 414, 416, 422, 500, 501, 503})
  void a_gap_is_crossed_whatever_an_api_says_to_wide_windows(int status) throws Exception {
    workspace.userStream(api.url(), "stepSize: 10\nmaxGap: 200\nretries: 0");
    api.users(1, 15).users(150, 160);
    api.status((first, last) -> last - first >= 10 ? status : 200);

    sync();

    assertThat(workspace.query(COUNT)).containsExactly("26");
  }

  @Test
  void a_gap_is_crossed_where_an_api_answers_wide_windows_with_another_page() throws Exception {
    workspace.userStream(api.url(), "stepSize: 10\nmaxGap: 200");
    api.users(1, 15).users(150, 160).tellingNothingOverWidth(10);

    sync();

    assertThat(workspace.query(COUNT)).containsExactly("26");
  }

  @Test
  void a_gap_before_the_first_record_is_crossed_where_wide_windows_are_answered_with_nothing()
      throws Exception {
    workspace.userStream(api.url(), "stepSize: 10\nmaxGap: 500\nmaxId: 1000");
    api.users(150, 160).users(200, 300).tellingNothingOverWidth(10);

    sync();

    assertThat(workspace.query(COUNT)).containsExactly("112");
  }

  @Test
  void a_gap_is_crossed_where_the_highest_record_was_deleted() throws Exception {
    workspace.userStream(api.url(), "stepSize: 10\nmaxGap: 200");
    api.users(1, 15);
    sync();
    api.remove(15);
    api.users(150, 160);

    sync();

    assertThat(workspace.query(COUNT)).isEqualTo(List.of("26"));
  }
}
