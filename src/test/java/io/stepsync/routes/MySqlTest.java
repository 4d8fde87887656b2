package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.run.Run;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledIf(
    value = "io.stepsync.routes.MySqlServer#isThereOrTold",
    disabledReason = MySqlServer.MISSING)
class MySqlTest extends InnoDbCompatibilityTest {

  @Override
  protected TestDatabase database(Path directory) throws Exception {
    return MySqlServer.newPlainDatabase();
  }

  @Override
  String unpadded() {
    return "utf8mb4_0900_bin";
  }

  @Override
  protected void makeSchema(String name) throws Exception {
    MySqlServer.makeDatabase(name, database);
  }

  @Override
  protected void forbidTables(TestDatabase database) throws Exception {
    MySqlServer.forbidTables(database);
  }

  @Override
  protected void stopServer() throws Exception {
    MySqlServer.stop();
  }

  @Override
  protected void startServer() throws Exception {
    MySqlServer.startAgain();
  }

  @Override
  <T> T withPacketsOf(int bytes, Callable<T> work) throws Exception {
    return MySqlServer.withPacketsOf(bytes, work);
  }

  /** What is assumed in the thread that answers a request is not heard. */
  @Override
  @Test
  void a_restart_of_the_server_in_the_middle_of_a_run_costs_no_row() throws Exception {
    MySqlServer.mayBeStopped();
    super.a_restart_of_the_server_in_the_middle_of_a_run_costs_no_row();
  }

  /** MySQL counts an unchanged row as the driver asks for it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rows_are_counted_whatever_the_driver_makes_of_them(boolean affected) throws Exception {
    workspace = new Workspace(directory, database.with("?useAffectedRows=" + affected));
    workspace.userStream(api.url(), "deletes: soft");
    api.users(1, 100);
    workspace.sync("user");
    workspace.execute("update \"user\" set \"_stepsync_deleted\" = true where \"id\" = '7'");
    api.records(8, 9, id -> RangeApi.user(id, "renamed")).users(101, 103);

    Run run = workspace.refresh("user");

    assertThat(run.getError()).isEmpty();
    assertThat(run.getCounters().upserted()).isEqualTo(3);
    assertThat(run.getCounters().unchanged()).isEqualTo(97);
    workspace.execute("update stepsync_state set current_id = 1, state = '{\"current_id\": 1}'");
    Run again = workspace.sync("user");
    assertThat(again.getCounters().upserted()).isEqualTo(3);
    assertThat(again.getCounters().unchanged()).isEqualTo(100);
  }

  /** Its backslash is what tells an underscore in a name from any sign. */
  @Test
  void a_session_in_which_the_driver_finds_no_table_by_its_name_is_refused() throws Exception {
    workspace =
        new Workspace(
            directory, database.with("?sessionVariables=sql_mode='NO_BACKSLASH_ESCAPES'"));
    workspace.userStream(api.url(), "");
    api.users(1, 3);

    Run run = workspace.sync("user");

    assertThat(run.getError().orElseThrow())
        .contains(
            "sql_mode must not have NO_BACKSLASH_ESCAPES, was NO_AUTO_VALUE_ON_ZERO,NO_BACKSLASH_ESC");
    assertThat(api.requests()).isZero();
  }

  @Test
  void a_unique_index_of_an_expression_is_no_key_and_no_hindrance() throws Exception {
    stream("item", "id: LONG, name: STRING", "");
    table("\"item\"", "\"id\" bigint, \"name\" varchar(9), unique index twice ((\"id\" * 2))");
    api.records(1, 2, id -> "{\"id\":%d,\"name\":\"n\"}".formatted(id));
    assertThat(workspace.sync("item").getError().orElseThrow())
        .contains("must have the primary key or a unique index [id]");
    workspace.execute("alter table \"item\" add primary key (\"id\")");

    synced();

    assertUnchanged(2);
  }

  @Test
  void a_column_that_would_write_json_otherwise_is_refused() throws Exception {
    stream("item", "id: LONG, more: JSON", "");
    table("\"item\"", "\"id\" bigint primary key, \"more\" json");
    api.records(1, 1, id -> "{\"id\":1,\"more\":{\"b\":1.0,\"a\":2}}");

    refused(
        "table item column more must be TEXT, was JSON",
        "make it LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin,"
            + " or change the stream's columns");
  }

  @Test
  void a_column_with_a_computed_default_is_no_computed_one() throws Exception {
    stream("item", "id: LONG, at: UTC_DATETIME", "");
    table("\"item\"", "\"id\" bigint primary key, \"at\" datetime(6) default current_timestamp(6)");
    api.records(1, 2, id -> "{\"id\":%d,\"at\":\"2026-11-15T00:58:20.987654Z\"}".formatted(id));

    synced();

    assertUnchanged(2);
  }
}
