package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import io.stepsync.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What SQLite does otherwise is in the tests that are here again. */
class SqliteTest extends DatabaseCompatibilityTest {

  @Override
  protected TestDatabase database(Path directory) throws Exception {
    return TestDatabase.sqlite(directory);
  }

  @Override
  protected String moments(int decimals) {
    return "timestamp";
  }

  @Override
  protected String caseless() {
    return "text collate nocase";
  }

  @Override
  protected String momentType() {
    return "TIMESTAMP";
  }

  @Override
  protected String decimalType() {
    return "DECIMALTEXT";
  }

  @Override
  protected List<String> wrongNames() {
    return List.of("sqlite_x", "ID");
  }

  /** A time is a text, which has the decimals that it is given. */
  @Override
  @Test
  void a_column_with_fewer_decimals_of_a_second_is_refused() throws Exception {
    stream("item", "id: LONG, at: UTC_DATETIME", "");
    table("\"item\"", "\"id\" bigint primary key, \"at\" timestamp");
    api.records(1, 1, id -> "{\"id\":1,\"at\":\"2026-11-15T00:58:20.987654Z\"}");

    synced();

    assertThat(workspace.query("select cast(\"at\" as text) from \"item\""))
        .containsExactly("2026-11-15 00:58:20.987654");
    assertUnchanged(1);
  }

  /** A number that is no whole one is a double, in a DECIMAL too. */
  @Override
  @Test
  void rounded_values_are_written_once() throws Exception {
    decimalIsRefused("price: DECIMAL(10,4) rounded", "DECIMALTEXT(10,4)");
  }

  @Override
  @Test
  void a_decimal_becomes_a_double_only_where_the_stream_says_so() throws Exception {
    decimalIsRefused("price: DOUBLE widened", "DOUBLE");
  }

  private void decimalIsRefused(String column, String type) throws Exception {
    stream("item", "id: LONG, " + column, "");
    table("\"item\"", "\"id\" bigint primary key, \"price\" decimal(10,2)");
    api.records(1, 1, id -> "{\"id\":1,\"price\":1}");

    refused(
        "table item column price must be " + type + ", was DECIMAL of 15 digits",
        "make it " + type + ", or change the stream's columns");
  }

  /** All whole numbers have 64 bits. */
  @Override
  @ParameterizedTest
  @CsvSource({
    "integer, n: LONG, 9223372036854775807",
    "smallint, n: INT, 2147483647",
    "'decimaltext(10,2)', 'n: DECIMAL(10,2)', 12345678.12"
  })
  void a_column_grows_to_a_wider_type(String type, String column, String value) throws Exception {
    super.a_column_grows_to_a_wider_type(type, column, value);
  }

  @Override
  @ParameterizedTest
  @CsvSource({
    "'decimaltext(12,2)', 'n: DECIMAL(10,2)', 'make it DECIMALTEXT(10,2), or change the stream''s"
        + " columns'",
    "double, 'n: DECIMAL(10,2)', 'make it DECIMALTEXT(10,2), or change the stream''s columns'",
    "text, n: LONG, 'make it INTEGER, or change the stream''s columns'"
  })
  void a_narrower_type_is_refused(String type, String column, String advice) throws Exception {
    super.a_narrower_type_is_refused(type, column, advice);
  }

  @Override
  @Test
  void without_evolve_a_column_does_not_grow() throws Exception {
    stream("item", "id: LONG, n: LONG", "schema: create");
    table("\"item\"", "\"id\" bigint primary key, \"n\" integer");
    api.records(1, 1, id -> "{\"id\":1,\"n\":" + Long.MAX_VALUE + "}");

    synced();

    assertUnchanged(1);
  }

  /** SQLite keeps to no length of a text. */
  @Override
  @Test
  void a_text_that_is_to_be_widened_grows_to_any_length() throws Exception {
    stream("item", "id: LONG, name: STRING widened", "");
    table("\"item\"", "\"id\" bigint primary key, \"name\" varchar(3)");
    api.records(1, 1, id -> "{\"id\":1,\"name\":\"abcd \"}");

    synced();

    assertThat(workspace.query("select \"name\" from \"item\"")).containsExactly("abcd ");
    assertUnchanged(1);
  }

  @Override
  @Test
  void blanks_that_a_column_would_cut_off_are_refused() throws Exception {
    a_text_that_is_to_be_widened_grows_to_any_length();
  }

  /** It has no schemas. */
  @Override
  @Test
  void a_table_of_another_schema_is_made_grown_filled_and_emptied_there() throws Exception {
    stream("main.item", "id: LONG", "");

    assertThat(workspace.sync("item").getError().orElseThrow())
        .startsWith("table main.item is in the schema main, which is missing; ");
  }

  /** It does not tell which one it was. */
  @Override
  protected String brokenReference() {
    return "foreign key constraint failed";
  }

  @Test
  void a_change_of_case_is_written_whatever_the_collation() throws Exception {
    stream("item", "id: LONG, name: STRING", "");
    table("\"item\"", "\"id\" bigint primary key, \"name\" " + caseless());
    assertCaseIsWritten();
  }

  @Test
  void check_tells_that_one_writes_at_a_time() throws Exception {
    stream("item", "id: LONG", "");
    synced();

    assertThat(checked())
        .anySatisfy(
            item ->
                assertThat(item.detail())
                    .endsWith("; one writes at a time, others wait for a minute at most"));
  }

  @ParameterizedTest
  @CsvSource({
    "'n: DECIMAL(19,0)', '', 'a DECIMAL without decimals must have at most 18 digits in SQLite, had"
        + " 19'",
    "'n: DECIMAL(9,2)', 'versionColumn: n', 'versionColumn must have no decimals in SQLite, was n'"
  })
  void a_decimal_that_would_not_sort_as_a_number_is_refused_where_that_counts(
      String column, String more, String message) throws Exception {
    stream("item", "id: LONG, " + column, more);
    api.records(1, 1, id -> "{\"id\":1,\"n\":1}");

    assertThat(workspace.sync("item").getError().orElseThrow()).contains(message);
    assertThat(api.requests()).isZero();
  }

  @Test
  void a_cluster_is_refused_as_machines_cannot_share_a_file() throws Exception {
    workspace.userStream(api.url(), "").property("stepsync.cluster.enabled", "true");

    assertThatThrownBy(() -> workspace.load().run())
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("as machines cannot share a file");
  }

  @Test
  void two_processes_of_one_stream_lose_nothing_and_repeat_nothing() throws Exception {
    api.users(1, 3000);
    workspace.userStream(api.url(), "stepSize: 50\nmaxGap: 0");
    workspace.load().withDatabase(sql -> "its tables are there now");
    Path second = Files.createDirectory(directory.resolve("second"));
    new Workspace(second, database).userStream(api.url(), "stepSize: 50\nmaxGap: 0");

    Process one = StepsyncProcess.start(directory, "sync", "user");
    StepsyncProcess.Result other = StepsyncProcess.run(second, "sync", "user");
    one.waitFor();

    String said = other.output() + Files.readString(directory.resolve("output.txt"));
    assertThat(said).doesNotContain("SQLITE");
    Run last = workspace.sync("user");
    assertThat(last.getError()).isEmpty();
    assertThat(workspace.query("select count(*), max(cast(\"id\" as integer)) from \"user\""))
        .containsExactly("3000 3000");
    assertThat(workspace.query("select sum(upserted) from stepsync_run")).containsExactly("3000");
  }
}
