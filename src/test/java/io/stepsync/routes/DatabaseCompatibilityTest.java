package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stepsync.run.Run;
import io.stepsync.store.RunStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every database must do alike; a subclass a database. */
public abstract class DatabaseCompatibilityTest extends TableCompatibilityTest {

  private static final String COLUMNS =
      """
      columns: |
        id: LONG
        bool: BOOLEAN
        short: SHORT
        int: INT
        dec: DECIMAL(38,10)
        float: FLOAT
        double: DOUBLE
        date: NAIVE_DATE
        time: NAIVE_TIME
        naive: NAIVE_DATETIME
        utc: UTC_DATETIME
        bin: BINARY
        json: JSON
        xml: XML
        text: STRING
      """
          .indent(0);

  private void stream(String table, String key, String columns, String more) throws Exception {
    workspace.stream(
        "all",
        "url: %s\ntable: '%s'\nprimaryKey: '%s'\nstepSize: 100\nmaxGap: 0\n%s%s"
            .formatted(api.url(), table, key, columns, more));
  }

  private String one(String expression) throws Exception {
    return workspace.query("select " + expression + " from \"all\"").get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, true",
    "America/New_York, true",
    "America/New_York, false",
    "Asia/Kathmandu, true"
  })
  void values_of_every_type_come_back_as_they_were(String zone, boolean metadata) throws Exception {
    inZone(zone, () -> valuesOfEveryTypeComeBackAsTheyWere("metadataColumns: " + metadata));
  }

  private static void inZone(String zone, Action action) throws Exception {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      action.run();
    } finally {
      TimeZone.setDefault(before);
    }
  }

  interface Action {
    void run() throws Exception;
  }

  /** 02:30 of the day does not exist in New York. */
  private void valuesOfEveryTypeComeBackAsTheyWere(String more) throws Exception {
    api.records(
        1,
        1,
        id ->
            """
            {"id":1,"bool":true,"short":-32768,"int":2147483647,"float":1.5,"double":-1.7976931348623157e308,
            "dec":"1234567890123456789012345678.0123456789","date":"2024-02-29","time":"23:59:59.123456",
            "naive":"2026-03-08T02:30:00","utc":"2026-11-15T01:58:20.123456+01:00","bin":"AAEC/w==",
            "json":{"b":[1,2.50,null],"a":"\\u00e9"},"xml":"<a b='c'>\\u00e9</a>","text":"a\\n\\"b' \\ud83d\\ude00 \\u20ac"}\
            """);
    stream("all", "id", COLUMNS, more);

    Run run = workspace.sync("all");

    assertThat(run.getError()).isEmpty();
    valuesAreThere();
    assertThat(workspace.refresh("all").getCounters().unchanged()).isEqualTo(1);

    workspace.execute("delete from \"all\""); // what is not a first load is not inserted
    assertThat(workspace.refresh("all").getCounters().upserted()).isEqualTo(1);
    valuesAreThere();
  }

  private void valuesAreThere() throws Exception {
    assertThat(one("\"bool\", \"short\", \"int\", \"dec\", \"float\", \"double\""))
        .isEqualTo(
            "true -32768 2147483647 1234567890123456789012345678.0123456789 1.5"
                + " -1.7976931348623157E308");
    assertThat(one("\"date\"")).isEqualTo("2024-02-29");
    assertThat(workspace.value("select \"time\" from \"all\"", java.time.LocalTime.class))
        .isEqualTo(java.time.LocalTime.parse("23:59:59.123456"));
    assertThat(workspace.value("select \"naive\" from \"all\"", java.time.LocalDateTime.class))
        .isEqualTo(java.time.LocalDateTime.parse("2026-03-08T02:30:00"));
    assertThat(workspace.value("select \"utc\" from \"all\"", java.time.OffsetDateTime.class))
        .isEqualTo(java.time.OffsetDateTime.parse("2026-11-15T00:58:20.123456Z"));
    assertThat(workspace.value("select \"bin\" from \"all\"", byte[].class))
        .containsExactly(0, 1, 2, 255);
    assertThat(one("\"json\"")).isEqualTo("{\"b\":[1,2.50,null],\"a\":\"é\"}");
    assertThat(one("\"xml\"")).isEqualTo("<a b='c'>é</a>");
    assertThat(one("\"text\"")).isEqualTo("a\n\"b' 😀 €");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Asia/Kathmandu"})
  void moments_of_writing_are_right_in_any_zone(String zone) throws Exception {
    api.records(1, 1, id -> "{\"id\":1}");
    stream("all", "id", "columns: \"id: LONG\"\n", "refreshSchedule: 0 0 0 1 1 ? 2099");

    inZone(zone, () -> workspace.sync("all"));

    for (String moment :
        List.of(
            "\"_stepsync_synced_at\" from \"all\"",
            "started from stepsync_run",
            "ended from stepsync_run",
            "updated_at from stepsync_state where kind = 'sync'")) {
      assertThat(workspace.value("select " + moment, OffsetDateTime.class).toInstant())
          .as(moment)
          .isCloseTo(Instant.now(), within(30, ChronoUnit.MINUTES)); // zones differ by more
    }
  }

  @Test
  void a_text_of_a_million_characters_is_kept() throws Exception {
    String text = "😀a".repeat(500_000);
    api.records(1, 1, id -> "{\"id\":1,\"text\":\"" + text + "\"}");
    stream("all", "id", "columns: \"id: LONG, text: STRING\"\n", "");

    workspace.sync("all");

    assertThat(one("\"text\"")).isEqualTo(text);
  }

  @Test
  void text_with_a_nul_is_kept_or_its_record_refused() throws Exception {
    api.records(1, 9, id -> "{\"id\":%d,\"text\":\"t\"}".formatted(id))
        .records(5, 5, id -> "{\"id\":5,\"text\":\"a\\u0000b\"}");
    stream("all", "id", "columns: \"id: LONG, text: STRING\"\n", "");

    Run run = workspace.sync("all");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    List<String> kept = workspace.query("select \"text\" from \"all\" where \"id\" = 5");
    assertThat(kept).isEqualTo(run.getCounters().deadLetters() == 0 ? List.of("a\0b") : List.of());
    assertThat(workspace.query("select count(*) from \"all\" where \"id\" <> 5"))
        .containsExactly("8");
  }

  @Test
  void keys_that_differ_by_case_or_a_blank_or_an_accent_are_different() throws Exception {
    List<String> codes = List.of("a", "A", "a ", "\u00e1", "a\u0301");
    api.records(1, 5, id -> "{\"id\":%d,\"code\":\"%s\"}".formatted(id, codes.get((int) id - 1)));
    stream("all", "code", "columns: \"id: LONG, code: STRING\"\n", "");

    Run run = workspace.sync("all");

    assertThat(run.getError()).isEmpty();
    assertThat(run.getCounters().upserted()).isEqualTo(5);
    assertThat(workspace.query("select \"id\", \"code\" from \"all\" order by 1"))
        .containsExactly("1 a", "2 A", "3 a ", "4 \u00e1", "5 a\u0301");
    assertThat(workspace.refresh("all").getCounters().unchanged()).isEqualTo(5);
  }

  @Test
  void null_and_missing_values_are_null() throws Exception {
    api.records(1, 1, id -> "{\"id\":1,\"bool\":null,\"json\":null}");
    stream("all", "id", COLUMNS, "");

    workspace.sync("all");

    assertThat(one("\"bool\", \"short\", \"dec\", \"time\", \"utc\", \"bin\", \"json\", \"text\""))
        .isEqualTo("null null null null null null null null");
  }

  @Test
  void the_highest_id_of_all_is_copied() throws Exception {
    api.records(Long.MAX_VALUE, Long.MAX_VALUE, id -> "{\"id\":" + id + "}");
    stream("all", "id", "columns: \"id: LONG\"\n", "initialId: 9223372036854775800");

    Run run = workspace.sync("all");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(one("\"id\"")).isEqualTo("9223372036854775807");
  }

  @Test
  void a_composite_key_and_names_with_quotes_and_reserved_words_work() throws Exception {
    api.records(1, 2, id -> "{\"id\":%d,\"order\":\"a\",\"we\\\"ird-na.me\":\"x\"}".formatted(id))
        .records(3, 3, id -> "{\"id\":3,\"order\":\"b\",\"we\\\"ird-na.me\":\"y\"}");
    stream(
        "sel\"ect",
        "order,we\"ird-na.me",
        "columns: |\n  order: STRING\n  we\"ird-na.me: STRING\n  id: LONG\n".indent(0),
        "");

    workspace.sync("all");

    assertThat(
            workspace.query(
                "select \"order\", \"we\"\"ird-na.me\", \"id\" from \"sel\"\"ect\" order by 3"))
        .containsExactly("a x 2", "b y 3");
  }

  @Test
  void a_column_that_is_added_to_the_stream_is_added_to_the_table() throws Exception {
    api.records(1, 2, id -> "{\"id\":%d,\"more\":\"m%d\"}".formatted(id, id));
    stream("all", "id", "columns: \"id: LONG\"\n", "maxId: 1");
    workspace.sync("all");
    stream("all", "id", "columns: \"id: LONG, more: STRING\"\n", "");

    workspace.sync("all");

    assertThat(workspace.query("select \"id\", \"more\" from \"all\" order by 1"))
        .containsExactly("1 null", "2 m2");
  }

  @Test
  void with_schema_create_a_missing_column_is_an_error_before_the_first_request() throws Exception {
    stream("all", "id", "columns: \"id: LONG\"\n", "");
    workspace.sync("all");
    stream("all", "id", "columns: \"id: LONG, more: STRING\"\n", "schema: create");

    refused("table all lacks the column more");
  }

  @Test
  void with_schema_validate_a_missing_table_is_an_error_before_the_first_request()
      throws Exception {
    stream("all", "id", "columns: \"id: LONG\"\n", "schema: validate");

    refused("table all is missing");
  }

  /** Returns what the database calls an exact number. */
  protected String decimalType() {
    return "DECIMAL";
  }

  @Test
  void a_column_of_another_type_is_an_error_before_the_first_request() throws Exception {
    stream("all", "id", "columns: \"id: LONG, dec: DECIMAL(12,2)\"\n", "");
    workspace.sync("all");
    stream("all", "id", "columns: \"id: LONG, dec: DECIMAL(10,2)\"\n", "");

    refused("table all column dec must be %1$s(10,2), was %1$s(12,2)".formatted(decimalType()));
  }

  @Test
  void a_table_without_the_streams_key_is_an_error_before_the_first_request() throws Exception {
    stream("all", "id", "columns: \"id: LONG, code: STRING\"\n", "");
    workspace.sync("all");
    stream("all", "code", "columns: \"id: LONG, code: STRING\"\n", "");

    refused("table all must have the primary key or a unique index [code]");
  }

  private void refused(String message) throws Exception {
    int requests = api.requests();

    Run run = workspace.sync("all");

    assertThat(run.getError().orElseThrow()).startsWith(message + "; ");
    assertThat(api.requests()).isEqualTo(requests);
  }

  @Test
  void a_window_of_ten_thousand_rows_is_written_at_once() throws Exception {
    api.records(1, 10_000, id -> "{\"id\":%d,\"text\":\"%s\"}".formatted(id, "x".repeat(500)));
    stream("all", "id", "columns: \"id: LONG, text: STRING\"\n", "");
    workspace.edit("all", "stepSize: 100", "stepSize: 10000");

    workspace.sync("all");

    assertThat(workspace.query("select count(*), min(length(\"text\")) from \"all\""))
        .isEqualTo(List.of("10000 500"));
  }

  @Test
  void a_row_that_breaks_another_unique_index_is_refused_and_overwrites_nothing() throws Exception {
    stream("all", "id", "columns: \"id: LONG, code: LONG, text: STRING\"\n", "");
    api.records(1, 3, id -> "{\"id\":%d,\"code\":%d,\"text\":\"t\"}".formatted(id, id));
    workspace.sync("all");
    workspace.execute("create unique index one_code on \"all\" (\"code\")");
    api.records(4, 9, id -> "{\"id\":%d,\"code\":%d,\"text\":\"t\"}".formatted(id, id))
        .records(7, 7, id -> "{\"id\":7,\"code\":2,\"text\":\"other\"}");

    Run run = workspace.sync("all");

    assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(run.getCounters().deadLetters()).isEqualTo(1);
    assertThat(workspace.query("select count(*), min(\"text\"), max(\"text\") from \"all\""))
        .containsExactly("8 t t");
  }
}
