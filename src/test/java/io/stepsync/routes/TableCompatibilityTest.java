package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsync.SettingException;
import io.stepsync.cli.dryrun.CheckItem;
import io.stepsync.cli.dryrun.StreamCheckup;
import io.stepsync.main.Standalone;
import io.stepsync.run.Run;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must become of tables that others made, or that were made for less, on every database. */
abstract class TableCompatibilityTest extends WriteCompatibilityTest {

  /** Returns the type of a column of moments with so many decimals of a second. */
  protected String moments(int decimals) {
    return "timestamp(" + decimals + ") with time zone";
  }

  /** Returns the type of a column of text that takes a for A. */
  protected abstract String caseless() throws Exception;

  /** Returns the type that texts have where only their blanks at the end do not count. */
  protected String padded() {
    return "varchar(100)";
  }

  /** Returns the type of a text column that tells all texts apart. */
  protected String exact() {
    return "varchar(100)";
  }

  /** Returns the schema in which a table is that names none. */
  protected String ownSchema() {
    return "public";
  }

  protected void makeSchema(String name) throws Exception {
    workspace.execute("create schema \"" + name + "\"");
  }

  void stream(String table, String columns, String more) throws Exception {
    workspace.stream(
        "item",
        "url: %s\ntable: '%s'\nprimaryKey: id\nmaxGap: 0\ncolumns: \"%s\"\n%s"
            .formatted(api.url(), table, columns, more));
  }

  /** Makes a table as others would, with stepsync's own columns too. */
  void table(String name, String definitions) throws Exception {
    workspace.execute(
        "create table %s (%s, \"_stepsync_synced_at\" %s, \"_stepsync_deleted\" boolean)"
            .formatted(name, definitions, moments(6)));
  }

  void refused(String problem, String advice) throws Exception {
    List<CheckItem> checked = checked();
    int requests = api.requests();

    Run run = workspace.sync("item");

    assertThat(run.getError()).contains(problem + "; " + advice);
    assertThat(checked)
        .anySatisfy(
            item -> {
              assertThat(item.ok()).isFalse();
              assertThat(item.detail()).isEqualTo(problem);
              assertThat(item.advice()).isEqualTo(advice);
            });
    assertThat(api.requests()).isEqualTo(requests);
    assertThat(workspace.query("select count(*) from \"item\"")).containsExactly("0");
  }

  List<CheckItem> checked() throws Exception {
    Standalone standalone = workspace.load();
    return standalone.forTrial(
        (context, problem) -> StreamCheckup.of(context, standalone.streams().get("item"), problem));
  }

  Run synced() throws Exception {
    Run run = workspace.sync("item");
    assertThat(run.getError()).isEmpty();
    return run;
  }

  void assertUnchanged(int rows) throws Exception {
    Run refresh = workspace.refresh("item");
    assertThat(refresh.getError()).isEmpty();
    assertThat(refresh.getCounters().unchanged()).isEqualTo(rows);
  }

  @Test
  void a_column_with_fewer_decimals_of_a_second_is_refused() throws Exception {
    stream("item", "id: LONG, at: UTC_DATETIME", "");
    table("\"item\"", "\"id\" bigint primary key, \"at\" " + moments(0));
    api.records(1, 1, id -> "{\"id\":1,\"at\":\"2026-11-15T00:58:20.987654Z\"}");

    refused(
        "table item column at keeps 0 decimals of a second, and must keep 6",
        "make it " + momentType() + ", or write at: UTC_DATETIME rounded");
  }

  protected abstract String momentType();

  @Test
  void rounded_values_are_written_once() throws Exception {
    stream("item", "id: LONG, at: UTC_DATETIME rounded, price: DECIMAL(10,4) rounded", "");
    table(
        "\"item\"",
        "\"id\" bigint primary key, \"at\" " + moments(0) + ", \"price\" decimal(10,2)");
    api.records(1, 1, id -> "{\"id\":1,\"at\":\"2026-11-15T00:58:20.987654Z\",\"price\":1.2250}")
        .records(2, 2, id -> "{\"id\":2,\"at\":\"2026-11-15T00:58:20.4Z\",\"price\":-1.225}");

    synced();

    assertThat(workspace.query("select \"price\" from \"item\" order by \"id\""))
        .containsExactly("1.23", "-1.23");
    assertThat(moment(1)).isEqualTo(OffsetDateTime.parse("2026-11-15T00:58:21Z"));
    assertThat(moment(2)).isEqualTo(OffsetDateTime.parse("2026-11-15T00:58:20Z"));
    assertUnchanged(2);
  }

  private OffsetDateTime moment(long id) throws Exception {
    return workspace.value(
        "select \"at\" from \"item\" where \"id\" = " + id, OffsetDateTime.class);
  }

  @Test
  void a_key_that_takes_different_texts_for_equal_is_refused() throws Exception {
    stream("item", "id: STRING", "");
    table("\"item\"", "\"id\" " + caseless() + " primary key");
    api.records(1, 1, id -> "{\"id\":\"1\"}");

    assertThat(workspace.sync("item").getError().orElseThrow())
        .startsWith("table item column id takes different texts for equal, such as a and A, by ");
    assertThat(checked())
        .anySatisfy(item -> assertThat(item.detail()).contains("takes different texts for equal"));
  }

  void assertCaseIsWritten() throws Exception {
    api.records(1, 2, id -> "{\"id\":%d,\"name\":\"abc\"}".formatted(id));
    synced();
    api.records(1, 1, id -> "{\"id\":1,\"name\":\"ABC\"}");

    Run refresh = workspace.refresh("item");

    assertThat(refresh.getError()).isEmpty();
    assertThat(refresh.getCounters().upserted()).isEqualTo(1);
    assertThat(workspace.query("select \"name\" from \"item\" order by \"id\""))
        .containsExactly("ABC", "abc");
    assertUnchanged(2);
  }

  @Test
  void keys_that_differ_by_blanks_at_the_end_are_not_merged() throws Exception {
    List<String> codes = List.of("a", "a ", "b");
    workspace.stream(
        "item",
        "url: %s\ntable: item\nprimaryKey: code\nmaxGap: 0\ncolumns: \"code: STRING, id: LONG\""
            .formatted(api.url()));
    table("\"item\"", "\"code\" " + padded() + " primary key, \"id\" bigint");
    api.records(1, 3, id -> "{\"id\":%d,\"code\":\"%s\"}".formatted(id, codes.get((int) id - 1)));

    Run run = synced();

    int kept = workspace.query("select \"id\" from \"item\"").size();
    assertThat(kept + run.getCounters().deadLetters()).isEqualTo(3);
    assertUnchanged(kept);
  }

  @Test
  void blanks_that_a_column_would_cut_off_are_refused() throws Exception {
    stream("item", "id: LONG, code: STRING", "");
    table("\"item\"", "\"id\" bigint primary key, \"code\" varchar(3)");
    List<String> codes = List.of("abc", "ab ", "abc ", "a");
    api.records(1, 4, id -> "{\"id\":%d,\"code\":\"%s\"}".formatted(id, codes.get((int) id - 1)));

    Run run = synced();

    assertThat(run.getCounters().deadLetters()).isEqualTo(1);
    assertThat(workspace.query("select id, reason from stepsync_dead_letter"))
        .containsExactly("3 column code does not keep all blanks at the end of a text");
    assertUnchanged(3);
  }

  @ParameterizedTest
  @CsvSource({
    "integer, n: LONG, 9223372036854775807",
    "smallint, n: INT, 2147483647",
    "smallint, n: LONG, 9223372036854775807",
    "'decimal(10,2)', 'n: DECIMAL(14,4)', 1234567890.1234"
  })
  void a_column_grows_to_a_wider_type(String type, String column, String value) throws Exception {
    stream("item", "id: LONG, " + column, "");
    table("\"item\"", "\"id\" bigint primary key, \"n\" " + type + " not null");
    workspace.execute("insert into \"item\" values (7, 1, null, false)");
    api.records(1, 1, id -> "{\"id\":1,\"n\":" + value + "}");

    assertThat(checked()).allMatch(CheckItem::ok);
    synced();

    assertThat(workspace.query("select \"n\" from \"item\" where \"id\" = 1"))
        .containsExactly(value);
    assertThatThrownBy(
            () -> workspace.execute("insert into \"item\" values (8, null, null, false)"))
        .isInstanceOf(java.sql.SQLException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "bigint, n: INT, write n: LONG",
    "'decimal(12,2)', 'n: DECIMAL(10,2)', 'write n: DECIMAL(12,2)'",
    "'decimal(12,2)', 'n: DECIMAL(12,3)', 'write n: DECIMAL(12,3) rounded'"
  })
  void a_narrower_type_is_refused(String type, String column, String advice) throws Exception {
    stream("item", "id: LONG, " + column, "");
    table("\"item\"", "\"id\" bigint primary key, \"n\" " + type);
    api.records(1, 1, id -> "{\"id\":1,\"n\":1}");

    assertThat(workspace.sync("item").getError().orElseThrow())
        .contains("column n must be ")
        .endsWith(advice);
  }

  @Test
  void a_text_that_is_to_be_widened_grows_to_any_length() throws Exception {
    stream("item", "id: LONG, name: STRING", "");
    table("\"item\"", "\"id\" bigint primary key, \"name\" " + exact() + " not null");
    String longer = "n".repeat(100_000);
    api.records(1, 1, id -> "{\"id\":1,\"name\":\"short\"}")
        .records(2, 2, id -> "{\"id\":2,\"name\":\"" + longer + "\"}");
    assertThat(synced().getCounters().deadLetters()).isEqualTo(1);
    stream("item", "id: LONG, name: STRING widened", "schema: create");
    assertThat(workspace.sync("item").getError().orElseThrow())
        .contains("column name must be ")
        .contains(" of any length, was of 100; make it ")
        .endsWith(", which schema: evolve does");
    stream("item", "id: LONG, name: STRING widened", "");

    assertThat(checked()).allMatch(CheckItem::ok);
    Run refresh = workspace.refresh("item");

    assertThat(refresh.getError()).isEmpty();
    assertThat(workspace.query("select \"name\" from \"item\" order by \"id\""))
        .containsExactly("short", longer);
    assertThatThrownBy(
            () -> workspace.execute("insert into \"item\" values (8, null, null, false)"))
        .isInstanceOf(java.sql.SQLException.class);
    assertUnchanged(2);
  }

  @Test
  void a_decimal_becomes_a_double_only_where_the_stream_says_so() throws Exception {
    stream("item", "id: LONG, n: DOUBLE", "");
    table("\"item\"", "\"id\" bigint primary key, \"n\" decimal(12,2)");
    workspace.execute("insert into \"item\" values (7, 1.25, null, false)");
    api.records(1, 1, id -> "{\"id\":1,\"n\":1.7976931348623157e308}");
    assertThat(workspace.sync("item").getError().orElseThrow())
        .contains("column n must be ")
        .endsWith("write n: DECIMAL(12,2), or DOUBLE widened, which has about 15 digits");
    stream("item", "id: LONG, n: DOUBLE widened", "");

    assertThat(checked()).allMatch(CheckItem::ok);
    synced();

    assertThat(workspace.query("select \"n\" from \"item\" order by \"id\""))
        .containsExactly("1.7976931348623157E308", "1.25");
    assertUnchanged(1);
  }

  @Test
  void without_evolve_a_column_does_not_grow() throws Exception {
    stream("item", "id: LONG, n: LONG", "schema: create");
    table("\"item\"", "\"id\" bigint primary key, \"n\" integer");

    assertThat(workspace.sync("item").getError().orElseThrow())
        .contains("column n must be ")
        .endsWith("make it BIGINT, which schema: evolve does");
  }

  @Test
  void a_computed_column_and_one_that_nobody_fills_are_refused() throws Exception {
    stream("item", "id: LONG, n: LONG", "");
    table(
        "\"item\"",
        "\"id\" bigint primary key, \"n\" bigint generated always as (\"id\" + 1) " + stored());
    api.records(1, 1, id -> "{\"id\":1,\"n\":1}");
    refused(
        "table item column n is computed by the database", "leave it out of the stream's columns");

    stream("item", "id: LONG", "");
    synced();

    workspace.execute("drop table \"item\"");
    table("\"item\"", "\"id\" bigint primary key, \"n\" bigint not null");
    refused(
        "table item column n must have a value, and the stream has no such column",
        "give it a default, or have it take null");
  }

  protected String stored() {
    return "stored";
  }

  @Test
  void a_view_is_refused_as_such() throws Exception {
    stream("item", "id: LONG", "");
    table("things", "\"id\" bigint primary key");
    workspace.execute("create view \"item\" as select * from things");
    api.records(1, 1, id -> "{\"id\":1}");

    refused(
        "table item is a view, and must have the primary key or a unique index [id]",
        "name the table that it shows");
  }

  @Test
  void check_tells_what_else_decides_about_rows() throws Exception {
    stream("item", "id: LONG, code: LONG", "");
    table("\"item\"", "\"id\" bigint primary key, \"code\" bigint");
    workspace.execute("create unique index one_code on \"item\" (\"code\")");
    synced();

    assertThat(checked())
        .anySatisfy(
            item ->
                assertThat(item.detail().toLowerCase(java.util.Locale.ROOT))
                    .endsWith(
                        "columns fit; unique index one_code: a record that meets another row's"
                            + " [code] becomes a dead letter"));
  }

  @Test
  void a_table_of_another_schema_is_made_grown_filled_and_emptied_there() throws Exception {
    makeSchema("sales");
    table("\"item\"", "\"id\" bigint primary key, \"name\" " + exact());
    stream("sales.item", "id: LONG", "");
    api.records(1, 30, id -> "{\"id\":%d,\"name\":\"n\"}".formatted(id));
    synced();
    stream("sales.item", "id: LONG, name: STRING", "deletes: soft\nmaxDeletes: 100%");
    synced();
    api.remove(5, 6);

    Run refresh = workspace.refresh("item");

    assertThat(refresh.getError()).isEmpty();
    assertThat(refresh.getCounters().upserted()).isEqualTo(28);
    assertThat(refresh.getCounters().deleted()).isEqualTo(2);
    assertThat(
            workspace.query(
                "select count(*), count(\"name\") from \"sales\".\"item\""
                    + " where not \"_stepsync_deleted\""))
        .containsExactly("28 28");
    stream(
        "sales.item",
        "id: LONG, name: STRING, version: LONG",
        "deletes: hard\nmaxDeletes: 100%\nversionColumn: version");
    api.records(1, 4, id -> "{\"id\":%d,\"name\":\"m\",\"version\":1}".formatted(id));
    api.remove(7, 30);

    Run second = workspace.refresh("item");

    assertThat(second.getError()).isEmpty();
    assertThat(workspace.query("select count(*), min(\"name\") from \"sales\".\"item\""))
        .containsExactly("4 m");
    assertThat(workspace.query("select count(*) from \"item\"")).containsExactly("0");
    assertThat(checked()).allMatch(CheckItem::ok);
  }

  @Test
  void a_missing_schema_is_told() throws Exception {
    stream("nowhere.item", "id: LONG", "");

    assertThat(workspace.sync("item").getError().orElseThrow())
        .startsWith("table nowhere.item is in the schema nowhere, which is missing; ");
    stream("\"no.where\"", "id: LONG", "");
    api.records(1, 1, id -> "{\"id\":1}");
    synced();
    assertThat(workspace.query("select \"id\" from \"no.where\"")).containsExactly("1");
  }

  /** Returns names that the database does not take, each with what is told of it. */
  protected abstract List<String> wrongNames();

  @Test
  void names_that_the_database_does_not_take_are_refused_at_the_start() throws Exception {
    for (String name : wrongNames()) {
      workspace.stream(
          "item",
          "url: %s\ntable: item\nprimaryKey: id\ncolumns: |\n  id: LONG\n  %s: LONG"
              .formatted(api.url(), name));

      assertThatThrownBy(() -> workspace.load())
          .isInstanceOf(SettingException.class)
          .hasMessageStartingWith("stream item: columns must have names ");
    }
    List<String> tables = new ArrayList<>(wrongNames());
    tables.removeIf(name -> name.equals("ID") || name.equals("xmin"));
    for (String name : tables) {
      stream(name, "id: LONG", "");

      assertThatThrownBy(() -> workspace.load())
          .isInstanceOf(SettingException.class)
          .hasMessageStartingWith("stream item: table must have names ");
    }
  }
}
