package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import io.stepsync.main.Standalone;
import io.stepsync.store.RunKind;
import io.stepsync.verify.RowDifference;
import io.stepsync.verify.VerifyReport;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that is held against its API. */
class VerifyTest {

  private static final List<String> TABLES =
      List.of("state", "run", "window", "dead_letter", "missing", "pause");

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void openWorkspace() throws Exception {
    workspace = new Workspace(directory);
    stream("");
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  private void stream(String more) throws Exception {
    workspace.userStream(api.url(), "stepSize: 100\nmaxGap: 300\nretries: 0\n" + more);
  }

  private Map<String, List<String>> everything() throws Exception {
    Map<String, List<String>> everything = new HashMap<>();
    everything.put("user", workspace.query("select * from \"user\" order by \"id\""));
    for (String table : TABLES) {
      everything.put(table, workspace.query("select * from stepsync_" + table));
    }
    return everything;
  }

  @Test
  void nothing_is_written_but_what_was_found() throws Exception {
    api.users(1, 250).users(401, 500);
    workspace.sync("user");
    workspace.execute("delete from \"user\" where \"id\" in ('7', '450')");
    Map<String, List<String>> before = everything();

    VerifyReport report = workspace.verify("user");

    assertThat(report.isEqual()).isFalse();
    assertThat(report.getSummary())
        .isEqualTo("differs, 2 missing, 350 records in " + report.windows() + " windows");
    assertThat(everything()).isEqualTo(before);
    assertThat(workspace.query("select stream, records, missing, complete from stepsync_verify"))
        .containsExactly("user 350 2 1");

    workspace.verify("user");
    assertThat(workspace.query("select count(*) from stepsync_verify")).containsExactly("1");
  }

  @Test
  void what_differs_is_asked_for_twice_and_a_change_that_came_meanwhile_is_none() throws Exception {
    stream("fetchAhead: 0");
    api.users(1, 300);
    workspace.sync("user");
    api.records(5, 5, id -> RangeApi.user(id, "for a moment")).remove(120);
    api.status((first, last) -> first == 201 ? comesBack(5, 120) : 200);

    VerifyReport report = workspace.verify("user");

    assertThat(report.isEqual()).isTrue();
    assertThat(report.changedMeanwhile()).isEqualTo(2);
    assertThat(report.differences()).isEmpty();
  }

  private int comesBack(long... ids) {
    for (long id : ids) {
      api.users(id, id);
    }
    return 200;
  }

  @Test
  void a_record_that_came_late_is_young_and_a_row_that_was_lost_beside_it_is_missing()
      throws Exception {
    api.users(1, 150).users(152, 300).users(302, 400);
    workspace.sync("user");
    api.users(151, 151);
    VerifyReport late = workspace.verify("user");
    workspace.execute("delete from \"user\" where \"id\" = '310'");

    VerifyReport lost = workspace.verify("user");

    assertThat(late.young()).isEqualTo(1);
    assertThat(late.isEqual()).isTrue();
    assertThat(lost.differences()).extracting(RowDifference::id).containsExactly(310L);
    assertThat(lost.young()).isEqualTo(1);
  }

  @Test
  void an_id_without_an_answer_is_not_known_to_be_equal() throws Exception {
    api.users(1, 300);
    workspace.sync("user");
    api.status((first, last) -> first <= 7 && 7 <= last ? 500 : 200);

    VerifyReport report = workspace.verify("user");

    assertThat(report.isEqual()).isFalse();
    assertThat(report.unanswered()).isEqualTo(1);
    assertThat(report.differences())
        .containsExactly(new RowDifference(RowDifference.Kind.UNANSWERED, 7, List.of(), List.of()));
  }

  @Test
  void an_api_that_fails_ends_it_and_the_streams_runs_are_not_put_off() throws Exception {
    api.users(1, 300);
    workspace.sync("user");
    api.status((first, last) -> 404);

    VerifyReport first = workspace.verify("user");
    VerifyReport second = workspace.verify("user");

    assertThat(List.of(first, second))
        .allSatisfy(
            report -> {
              assertThat(report.isEqual()).isFalse();
              assertThat(report.complete()).isFalse();
              assertThat(report.error()).contains("404");
            });
    assertThat(workspace.query("select status from stepsync_run")).containsExactly("caught_up");
  }

  @Test
  void only_these_ids_are_asked() throws Exception {
    api.users(1, 300);
    workspace.sync("user");
    workspace.execute("delete from \"user\" where \"id\" in ('7', '150', '200')");

    VerifyReport report = workspace.verify("user", Map.of("ids", "101-199"));

    assertThat(report.records()).isEqualTo(99);
    assertThat(report.differences()).extracting(RowDifference::id).containsExactly(150L);
  }

  @Test
  void a_sample_is_asked_again_by_its_seed() throws Exception {
    stream("fetchAhead: 0");
    api.users(1, 5000);
    workspace.sync("user");
    int before = api.requests();

    VerifyReport one = workspace.verify("user", Map.of("sample", 7));
    int requests = api.requests() - before;
    workspace.execute("delete from \"user\"");
    VerifyReport two = workspace.verify("user", Map.of("sample", 7, "seed", one.seed()));
    VerifyReport three = workspace.verify("user", Map.of("sample", 7, "seed", one.seed()));

    assertThat(requests).isEqualTo(7);
    assertThat(one.records()).isEqualTo(700);
    assertThat(one.isEqual()).isTrue();
    assertThat(two.missing()).isEqualTo(700);
    assertThat(three.differences()).isEqualTo(two.differences());
    assertThat(three.getSummary()).endsWith(", of a sample of 7 by seed " + one.seed());
  }

  @Test
  void each_lane_is_compared() throws Exception {
    stream("lanes: 3\nheadUrl: " + api.headUrl(3000));
    api.users(1, 3000);
    workspace.sync("user");
    workspace.execute("delete from \"user\" where \"id\" in ('7', '1500', '2999')");

    VerifyReport whole = workspace.verify("user");
    VerifyReport part = workspace.verify("user", Map.of("ids", "1400-2000"));
    VerifyReport sample = workspace.verify("user", Map.of("sample", 1000));

    assertThat(whole.records()).isEqualTo(3000);
    assertThat(whole.differences()).extracting(RowDifference::id).containsExactly(7L, 1500L, 2999L);
    assertThat(part.records()).isEqualTo(601);
    assertThat(part.missing()).isEqualTo(1);
    assertThat(sample.records()).isEqualTo(3000);
    assertThat(sample.missing()).isEqualTo(3);
  }

  @Test
  void without_a_column_of_the_id_rows_that_the_api_lacks_are_not_looked_for() throws Exception {
    workspace.stream(
        "item",
        "url: %s\ntable: item\nprimaryKey: name\ncolumns: \"name: STRING\"".formatted(api.url()));
    api.users(1, 3);
    workspace.sync("item");
    api.remove(2);

    VerifyReport report = workspace.verify("item");

    assertThat(report.surplus()).isNull();
    assertThat(report.isEqual()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "7-, 'ids must be A-B with 0 <= A <= B, was 7-'",
    "9-7, 'ids must be A-B with 0 <= A <= B, was 9-7'",
    "200-301, 'stream user: ids must be below the checkpoint (301), was 200..301'"
  })
  void ids_that_are_no_range_or_are_not_settled_are_refused(String ids, String message)
      throws Exception {
    api.users(1, 300);
    workspace.sync("user");

    assertThatThrownBy(() -> workspace.verify("user", Map.of("ids", ids)))
        .isInstanceOf(SettingException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void a_sample_has_a_window_at_least(int sample) {
    assertThatThrownBy(() -> workspace.verify("user", Map.of("sample", sample)))
        .isInstanceOf(SettingException.class)
        .hasMessage("sample must be >= 1, was " + sample);
  }

  @Test
  void a_stream_that_never_ran_or_has_no_table_any_more_is_refused() throws Exception {
    api.users(1, 300);
    assertThatThrownBy(() -> workspace.verify("user"))
        .isInstanceOf(SettingException.class)
        .hasMessage("stream user: it must have been synced before");
    workspace.sync("user");
    workspace.execute("drop table \"user\"");

    assertThatThrownBy(() -> workspace.verify("user"))
        .isInstanceOf(SettingException.class)
        .hasMessage("stream user: table user must be there");
  }

  @Test
  void beside_a_first_sync_that_has_settled_nothing_there_is_nothing_that_could_be_equal()
      throws Exception {
    api.status((first, last) -> 418);
    workspace.sync("user");
    api.status((first, last) -> 200);

    VerifyReport report = workspace.verify("user");

    assertThat(report.isEqual()).isFalse();
    assertThat(report.complete()).isFalse();
    assertThat(report.getSummary()).isEqualTo("nothing has been copied yet that could be compared");
    assertThat(workspace.query("select windows, complete, error from stepsync_verify"))
        .containsExactly("0 0 nothing has been copied yet that could be compared");
  }

  @Test
  void an_api_without_a_record_is_equal_to_a_table_without_a_row() throws Exception {
    workspace.sync("user");

    VerifyReport report = workspace.verify("user");

    assertThat(report.isEqual()).isTrue();
    assertThat(report.getSummary())
        .isEqualTo("equal, nothing to compare, as no sync has found a record");
  }

  @Test
  void a_sync_that_runs_meanwhile_goes_on_as_if_alone() throws Exception {
    api.users(1, 1000);
    workspace.sync("user");
    api.users(1001, 1300);

    List<String> statuses =
        workspace
            .load()
            .withoutTriggers(
                context -> {
                  api.status(
                      (first, last) -> {
                        if (first == 501) {
                          api.status((from, to) -> 200);
                          runSync(context);
                        }
                        return 200;
                      });
                  return List.of(
                      String.valueOf(Workspace.verify(context, "user", Map.of()).isEqual()));
                });

    assertThat(statuses).containsExactly("true");
    assertThat(workspace.query("select count(*) from \"user\"")).containsExactly("1300");
    assertThat(workspace.query("select status from stepsync_run order by started"))
        .containsExactly("caught_up", "caught_up");
  }

  private static void runSync(org.apache.camel.CamelContext context) {
    try {
      Standalone.run(context, "user", RunKind.SYNC);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
