package io.stepsync.cli.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.main.Standalone;
import io.stepsync.routes.RangeApi;
import io.stepsync.routes.StepsyncProcess;
import io.stepsync.routes.StepsyncProcess.Result;
import io.stepsync.routes.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} sees, that it says what to do, and that it writes nothing. */
class CheckTest {

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void open() throws Exception {
    workspace = new Workspace(directory).userStream(api.url(), "retries: 0");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private List<CheckItem> check() throws Exception {
    Standalone standalone = workspace.load();
    return standalone.forTrial(
        (context, problem) -> StreamCheckup.of(context, standalone.streams().get("user"), problem));
  }

  /** The only one of the checks that failed. */
  private CheckItem failed() throws Exception {
    List<CheckItem> failed = check().stream().filter(item -> !item.ok()).toList();
    assertThat(failed).hasSize(1);
    return failed.get(0);
  }

  @Test
  void a_stream_that_is_well_has_a_tick_each_and_nothing_is_written() throws Exception {
    api.users(1, 20);
    workspace.userStream(api.url(), "headUrl: " + api.headUrl(20));

    Result result = StepsyncProcess.run(directory, "check");

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output().lines().map(line -> line.replaceFirst("✓|ok    ", "+")))
        .containsExactly(
            "user",
            "  + settings: " + api.url() + " to table user",
            "  + database: jdbc:hsqldb:file:"
                + directory.resolve("data/stepsync")
                + " has none of stepsync's own tables, a run makes them",
            "  + table: user is missing, a run creates it",
            "  + headUrl: the highest ID is 20",
            "  + API: window 1..20 has 20 records",
            "  + records: the columns fit 20 records");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void what_a_refresh_may_delete_is_told() throws Exception {
    api.users(1, 300);
    workspace.userStream(api.url(), "deletes: hard");
    workspace.sync("user");

    assertThat(check())
        .filteredOn(item -> item.check().equals("deletes"))
        .extracting(CheckItem::detail)
        .containsExactly(
            "a refresh may remove 30 of 300 rows, by maxDeletes; refresh --dry-run tells which it"
                + " would");
  }

  @Test
  void a_window_is_asked_at_the_checkpoint_and_what_the_database_refuses_is_counted()
      throws Exception {
    api.users(1, 1500);
    workspace.sync("user");
    workspace.execute(
        "alter table \"user\" add constraint no_bad_names check (\"name\" not like 'bad%')");
    List<String> state = workspace.query("select * from stepsync_state");
    api.users(1501, 1510)
        .records(1505, 1505, id -> RangeApi.user(id, "bad"))
        .records(1507, 1507, id -> "{\"id\":\"1507\",\"createdAt\":7}");

    CheckItem failed = failed();

    assertThat(failed.check()).isEqualTo("records");
    assertThat(failed.detail())
        .isEqualTo(
            "2 of 10 records would become dead letters; the first: ID 1507, column createdAt must"
                + " be UTC_DATETIME, was 7");
    assertThat(failed.advice()).contains("stepsync preview user");
    assertThat(workspace.query("select * from stepsync_state")).isEqualTo(state);
    assertThat(workspace.query("select count(*) from \"user\"")).containsExactly("1500");
    assertThat(workspace.query("select count(*) from stepsync_dead_letter")).containsExactly("0");
  }

  @Test
  void an_api_that_is_not_what_it_should_be_is_told_with_what_to_do() throws Exception {
    api.status((first, last) -> 401);
    CheckItem refused = failed();
    api.answering(200, "text/html", "<html>");
    CheckItem page = failed();
    api.answering(200, "application/json", "{\"data\":[{\"id\":1001}]}");
    CheckItem outside = failed();
    workspace.userStream("http://127.0.0.1:1/", "retries: 0");
    CheckItem unreachable = failed();

    assertThat(refused.detail())
        .startsWith("window 1..1000: the API answered /records with status 401");
    assertThat(refused.advice()).startsWith("set auth");
    assertThat(page.detail())
        .isEqualTo("window 1..1000: the answer must be JSON, was text/html: <html>");
    assertThat(page.advice()).contains("discover");
    assertThat(outside.detail()).endsWith("each record's ID must lie inside the window, was 1001");
    assertThat(unreachable.detail()).contains("Connection refused");
    assertThat(unreachable.advice()).contains("reached");
  }

  @Test
  void a_table_that_does_not_fit_and_a_head_that_is_not_told_are_crosses() throws Exception {
    workspace.execute("create table \"user\" (\"id\" bigint primary key)");
    workspace.userStream(api.url(), "retries: 0\nheadUrl: " + api.url() + "/none");

    List<CheckItem> items = check();

    assertThat(items)
        .extracting(CheckItem::check)
        .containsExactly("settings", "database", "table", "headUrl");
    assertThat(items.get(2).detail()).isEqualTo("table user column id must be VARCHAR, was BIGINT");
    assertThat(items.get(3).ok()).isFalse();
    assertThat(items.get(3).detail()).contains("status 404");
  }

  @Test
  void columns_that_a_run_would_add_are_told_and_not_added() throws Exception {
    api.users(1, 3);
    workspace.execute("create table \"user\" (\"id\" varchar(9) primary key, \"name\" varchar(9))");

    assertThat(check().get(2))
        .isEqualTo(CheckItem.ok("table", "user lacks 8 columns, a run adds what it lacks"));
    workspace.edit("user", "retries: 0", "schema: validate");
    assertThat(failed().detail()).isEqualTo("table user lacks the column email");
  }

  @Test
  void without_its_database_the_api_is_still_checked() throws Exception {
    api.users(1, 3);
    Files.writeString(
        directory.resolve("application.properties"),
        "stepsync.demo.enabled=false\nstepsync.datasource.url=jdbc:postgresql://127.0.0.1:1/none\n");

    List<CheckItem> items = check();

    assertThat(items)
        .extracting(CheckItem::check)
        .containsExactly("settings", "database", "API", "records");
    assertThat(items).extracting(CheckItem::ok).containsExactly(true, false, true, true);
    assertThat(items.get(1).detail()).contains("cannot be opened");
  }

  @Test
  void a_wrong_setting_is_a_cross_in_json_too() throws Exception {
    workspace.userStream(api.url(), "stepSize: 0");

    Result result = StepsyncProcess.run(directory, "check", "--json");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output())
        .contains("\"ok\" : false")
        .contains(
            "\"detail\" : \"stream user: stepSize must be >= 1, was 0"
                + " (routes/streams/user.camel.yaml:9)\"");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  private CheckItem copiedRows() throws Exception {
    return check().stream().filter(item -> item.check().equals("copied rows")).findFirst().get();
  }

  @Test
  void rows_below_the_checkpoint_are_held_against_the_api() throws Exception {
    api.users(1, 300);
    workspace.sync("user");

    assertThat(copiedRows())
        .isEqualTo(
            CheckItem.ok(
                "copied rows",
                "window 1..300, below the checkpoint, has 300 records, among them 300 of the 300"
                    + " rows that the table has"));

    api.records(7, 8, id -> RangeApi.user(id, "another"));
    workspace.execute("delete from \"user\" where \"id\" = '9'");

    assertThat(copiedRows().detail())
        .endsWith(
            "among them 299 of the 299 rows that the table has, 2 with other values; a refresh takes"
                + " those over");
  }

  @Test
  void a_path_that_has_moved_or_another_key_is_a_cross() throws Exception {
    api.users(1, 300);
    workspace.sync("user");

    api.answering(200, "application/json", "{\"data\":[]}");
    assertThat(failed().detail())
        .isEqualTo(
            "window 1..300, below the checkpoint, has 0 records, and none of the 300 rows that the"
                + " table has");

    workspace.execute("delete from \"user\" where length(\"id\") <> 2");
    workspace.execute("update \"user\" set \"id\" = '1' || \"id\"");
    try (RangeApi other = new RangeApi().users(1, 99)) {
      workspace.userStream(other.url(), "retries: 0");
      assertThat(failed().detail())
          .startsWith("window 1..300, below the checkpoint, has 99 records, and none of the");
    }
  }

  @Test
  void fields_that_have_no_column_are_told() throws Exception {
    api.records(1, 3, id -> "{\"id\":\"%d\",\"size\":1,\"tags\":[]}".formatted(id));

    assertThat(check())
        .contains(
            CheckItem.ok(
                "records", "the columns fit 3 records; 2 fields are not copied: size, tags"));
  }

  @Test
  void copied_rows_whose_records_no_longer_fit_are_a_cross() throws Exception {
    api.users(1, 300);
    workspace.sync("user");

    api.records(41, 42, id -> RangeApi.user(id, "another").replace("\"another\"", "{\"is\":1}"));

    CheckItem failed = failed();
    assertThat(failed.check()).isEqualTo("copied rows");
    assertThat(failed.detail())
        .startsWith(
            "window 1..300, below the checkpoint, has 300 records, and those of 2 of the 300 rows"
                + " that the table has would become dead letters; the first: ID 41, column ");
    assertThat(failed.advice())
        .isEqualTo("change columns; all of them: stepsync preview user --window 1-300");
  }

  @Test
  void records_below_the_checkpoint_that_never_fitted_are_no_cross() throws Exception {
    api.users(1, 300);
    api.records(41, 42, id -> RangeApi.user(id, "x").replace("\"x\"", "{\"is\":1}"));
    workspace.sync("user");

    assertThat(copiedRows())
        .isEqualTo(
            CheckItem.ok(
                "copied rows",
                "window 1..300, below the checkpoint, has 300 records, among them 298 of the 298"
                    + " rows that the table has"));
  }

  @Test
  void fields_without_a_column_are_told_of_copied_rows_too() throws Exception {
    api.records(1, 3, id -> "{\"id\":\"%d\",\"size\":1}".formatted(id));
    workspace.sync("user");

    assertThat(copiedRows().detail())
        .endsWith("3 of the 3 rows that the table has; 1 field is not copied: size");
  }
}
