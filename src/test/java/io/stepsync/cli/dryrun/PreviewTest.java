package io.stepsync.cli.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stepsync.routes.RangeApi;
import io.stepsync.routes.StepsyncProcess;
import io.stepsync.routes.StepsyncProcess.Result;
import io.stepsync.routes.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code preview} shows of a window, and that it writes nothing. */
class PreviewTest {

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void open() throws Exception {
    workspace =
        new Workspace(directory)
            .stream(
                "thing",
                """
                url: %s
                retries: 0
                table: thing
                primaryKey: id
                maxId: 5000
                columns: "id: LONG, name: STRING, price: DECIMAL(10,2), at: UTC_DATETIME, more: JSON"
                """
                    .formatted(api.url()));
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static String thing(long id) {
    return """
        {"id":%d,"name":"thing\\u001b[31m %d","price":1.5,"at":"2026-11-15T01:00:00+01:00",\
        "more":{"n":1.50}}"""
        .formatted(id, id);
  }

  @Test
  void the_first_window_of_the_next_run_is_shown_as_a_table_that_does_nothing_to_the_terminal()
      throws Exception {
    api.records(1, 1000, PreviewTest::thing);
    workspace.sync("thing");
    api.records(1001, 1003, PreviewTest::thing)
        .records(1004, 1004, id -> "{\"id\":1004,\"price\":\"much\"}");

    Result result = StepsyncProcess.run(directory, "preview", "thing", "--rows", "2");

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).doesNotContain("\u001b");
    assertThat(result.output().lines())
        .hasSize(6)
        .contains(
            "thing: window 1001..2000 has 4 records, 3 rows, 1 dead letter",
            "and 1 row more",
            "dead letter: ID 1004, column price must be DECIMAL(10,2), was \"much\"")
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    assertThat(result.output().lines().skip(1).findFirst().orElseThrow())
        .matches("  id  name +price  at +more");
    assertThat(workspace.query("select current_id from stepsync_state")).containsExactly("1001");
    assertThat(workspace.query("select count(*) from stepsync_run")).containsExactly("1");
    assertThat(workspace.query("select count(*) from stepsync_dead_letter")).containsExactly("0");
    assertThat(workspace.query("select count(*) from \"thing\"")).containsExactly("1000");
  }

  @Test
  void all_records_of_a_window_are_json_as_they_would_be_written() throws Exception {
    api.records(7, 40, PreviewTest::thing).records(8, 8, id -> "{\"id\":8,\"at\":\"today\"}");

    Result result =
        StepsyncProcess.run(directory, "preview", "thing", "--window", "7-31", "--json");

    assertThat(result.exitCode()).as(result.output()).isZero();
    JsonNode json = new ObjectMapper().readTree(result.output());
    assertThat(json.at("/records")).hasSize(24);
    assertThat(json.at("/lastId").asLong()).isEqualTo(31);
    assertThat(result.output())
        .contains("\"price\" : 1.50")
        .contains("\"n\" : 1.50")
        .contains("\"at\" : \"2026-11-15T00:00:00Z\"");
    assertThat(json.at("/deadLetters/0/reason").asText())
        .isEqualTo("column at must be UTC_DATETIME, was \"today\"");
  }

  @Test
  void a_table_that_does_not_fit_is_told_beside_the_rows() throws Exception {
    api.records(1, 3, PreviewTest::thing);
    workspace.sync("thing");
    workspace.edit("thing", "price: DECIMAL(10,2)", "price: DOUBLE");

    Result result = StepsyncProcess.run(directory, "preview", "thing", "--window", "1-3");

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("stepsync: table thing column price must be DOUBLE, was DECIMAL(10,2)")
        .contains("thing: window 1..3 has 3 records, 3 rows");
  }

  @Test
  void a_window_that_is_wrong_exits_with_2_and_one_without_an_answer_with_1() throws Exception {
    api.status((first, last) -> 404);

    Result wrong = StepsyncProcess.run(directory, "preview", "thing", "--window", "9-7");
    Result failed = StepsyncProcess.run(directory, "preview", "thing", "--window", "7");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.output())
        .isEqualToIgnoringNewLines("stepsync: --window must be A-B with 0 <= A <= B, was 9-7");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.output())
        .startsWith("stepsync: window 7..7: the API answered /records with status 404");
  }

  @Test
  void an_answer_is_recorded_without_secrets_and_replayed_without_the_api() throws Exception {
    workspace.edit("thing", "retries: 0", "retries: 0\n        query: api_key=s3cretkey&x=1");
    api.records(1, 5, id -> thing(id).replace("thing", "s3cretkey"));
    String window = "--window=1-10";

    Result recorded = StepsyncProcess.run(directory, "preview", "thing", window, "--record", "rec");
    api.close();
    Result all = StepsyncProcess.run(directory, "preview", "thing", "--replay", "rec");
    Result some =
        StepsyncProcess.run(
            directory, "preview", "thing", "--window=2-3", "--replay", "rec", "--json");
    Result none =
        StepsyncProcess.run(
            directory, "preview", "thing", "--window=5-11", "--replay", "rec", "--json");

    Path file = directory.resolve("rec/thing/1-10.json");
    assertThat(recorded.exitCode()).as(recorded.output()).isZero();
    assertThat(file)
        .content()
        .doesNotContain("s3cretkey", "api_key")
        .contains("\n")
        .contains("1.50"); // numbers as they came
    assertThat(all.output()).contains("thing: window 1..10 has 5 records, 5 rows, 0 dead letters");
    JsonNode rows = new ObjectMapper().readTree(some.output()).get("records");
    assertThat(rows).extracting(row -> row.get("id").asLong()).containsExactlyInAnyOrder(2L, 3L);
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.output())
        .contains("window 5..11 was not recorded in rec/thing, which has 1..10");

    Files.writeString(file, Files.readString(file).replace("1.5,", "\"much\","));
    assertThat(StepsyncProcess.run(directory, "preview", "thing", "--replay", "rec").output())
        .contains("0 rows, 5 dead letters", "column price must be DECIMAL(10,2), was \"much\"");
  }
}
