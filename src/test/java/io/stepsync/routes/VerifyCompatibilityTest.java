package io.stepsync.routes;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.api.LaneRuns;
import io.stepsync.cli.AskedSince;
import io.stepsync.run.Run;
import io.stepsync.store.DataSources;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import io.stepsync.store.history.StoredRuns;
import io.stepsync.verify.RowDifference;
import io.stepsync.verify.VerifyReport;
import io.stepsync.window.IdWindow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a verify finds in a table that others have changed, on every database alike. */
public abstract class VerifyCompatibilityTest extends DatabaseTest {

  private static final Map<String, String> TYPES = types();
  private static final int DAMAGED = 50;

  private static Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("id", "LONG");
    types.put("bool", "BOOLEAN");
    types.put("short", "SHORT");
    types.put("int", "INT");
    types.put("long", "LONG");
    types.put("decimal", "DECIMAL(20,4)");
    types.put("float", "FLOAT");
    types.put("double", "DOUBLE");
    types.put("date", "NAIVE_DATE");
    types.put("time", "NAIVE_TIME");
    types.put("dateTime", "NAIVE_DATETIME");
    types.put("moment", "UTC_DATETIME");
    types.put("binary", "BINARY");
    types.put("json", "JSON");
    types.put("xml", "XML");
    types.put("text", "STRING");
    return types;
  }

  /** A record whose ID is a multiple of 20 is none; each has other values. */
  private static String record(long id) {
    LocalDateTime time = LocalDateTime.of(2001, 2, 3, 4, 5, 6, 789_012_000).plusSeconds(id * 4001);
    return """
        {"id":%d,"bool":%s,"short":%d,"int":%d,"long":%d,"decimal":%d.0625,"float":%s,"double":%s,\
        "date":"%s","time":"%s","dateTime":"%s","moment":"%sZ","binary":"%s","json":{"a":[%d,null]},\
        "xml":"<a>%d</a>","text":"név %d 😀"}"""
        .formatted(
            id,
            id % 2 == 0,
            id,
            -id * 1_000,
            id * 1_000_000_000_000L,
            id,
            id / 8.0,
            id / 3.0,
            LocalDate.EPOCH.plusDays(id),
            LocalTime.MIDNIGHT.plusSeconds(id).plusNanos(1_000),
            time,
            time,
            Base64.getEncoder().encodeToString(("b" + id).getBytes(StandardCharsets.UTF_8)),
            id,
            id,
            id);
  }

  private void items() throws Exception {
    String columns =
        TYPES.entrySet().stream()
            .map(column -> column.getKey() + ": " + column.getValue())
            .collect(joining(", "));
    workspace.stream(
        "item",
        "url: %s\ntable: item\nprimaryKey: id\nstepSize: 100\nmaxGap: 300\ncolumns: \"%s\""
            .formatted(api.url(), columns));
    api.records(1, 2000, VerifyCompatibilityTest::record);
    for (long id = 20; id <= 2000; id += 20) {
      api.remove(id);
    }
    workspace.sync("item");
  }

  @Test
  void rows_that_were_deleted_changed_in_any_type_and_added_are_found_and_no_other()
      throws Exception {
    items();
    VerifyReport before = workspace.verify("item");
    Map<Long, String> expected = new TreeMap<>();
    List<Long> ids = new ArrayList<>();
    for (long id = 1; id <= 2000; id++) {
      if (id % 20 != 0) {
        ids.add(id);
      }
    }
    List<String> columns = List.copyOf(TYPES.keySet());
    for (int column = 1; column < columns.size(); column++) {
      String name = columns.get(column);
      List<Long> damaged = ids.subList(column * DAMAGED, (column + 1) * DAMAGED);
      String value =
          name.equals("bool")
              ? "not \"bool\""
              : "(select o.v from (select \"%s\" as v from \"item\" where \"id\" = 1) o)"
                  .formatted(name);
      workspace.execute(
          "update \"item\" set \"%s\" = %s where \"id\" in (%s)"
              .formatted(name, value, text(damaged)));
      damaged.forEach(id -> expected.put(id, "DIFFERENT " + List.of(name)));
    }
    List<Long> deleted = ids.subList(1000, 1000 + DAMAGED);
    workspace.execute("delete from \"item\" where \"id\" in (" + text(deleted) + ")");
    deleted.forEach(id -> expected.put(id, "MISSING []"));
    String others = columns.stream().skip(1).map(name -> '"' + name + '"').collect(joining(", "));
    List<Long> added = new ArrayList<>();
    for (long id = 1000; added.size() < DAMAGED; id += 20) {
      added.add(id);
    }
    for (long id : added) {
      workspace.execute(
          "insert into \"item\" (\"id\", %s) select %d, %s from \"item\" where \"id\" = 1"
              .formatted(others, id, others));
      expected.put(id, "SURPLUS []");
    }

    VerifyReport report = workspace.verify("item");

    assertThat(before.isEqual()).as(before.getSummary()).isTrue();
    assertThat(before.records()).isEqualTo(1900);
    assertThat(found(report)).isEqualTo(expected);
    assertThat(report.missing()).isEqualTo(DAMAGED);
    assertThat(report.different()).isEqualTo(15L * DAMAGED);
    assertThat(report.surplus()).isEqualTo(DAMAGED);
    assertThat(report.changedMeanwhile() + report.young() + report.deadLetters()).isZero();
  }

  private static String text(List<Long> ids) {
    return ids.stream().map(String::valueOf).collect(joining(","));
  }

  private static Map<Long, String> found(VerifyReport report) {
    Map<Long, String> found = new TreeMap<>();
    for (RowDifference difference : report.differences()) {
      List<String> columns =
          difference.columns().stream().map(RowDifference.Value::column).toList();
      found.put(difference.id(), difference.kind() + " " + columns);
    }
    return found;
  }

  @Test
  void both_values_are_told_as_the_table_keeps_them() throws Exception {
    items();
    workspace.execute(
        "update \"item\" set \"text\" = 'other', \"decimal\" = null where \"id\" = 7");

    VerifyReport report = workspace.verify("item");

    assertThat(report.differences()).hasSize(1);
    assertThat(report.differences().get(0).key()).containsExactly("7");
    assertThat(report.differences().get(0).columns())
        .containsExactly(
            new RowDifference.Value("decimal", "7.0625", null),
            new RowDifference.Value("text", "név 7 😀", "other"));
  }

  @Test
  void a_row_that_was_marked_as_deleted_is_different_if_the_api_has_it_and_none_if_not()
      throws Exception {
    workspace.userStream(api.url(), "stepSize: 100\nmaxGap: 300\ndeletes: soft");
    api.users(1, 300);
    workspace.sync("user");
    api.remove(9, 9);
    workspace.refresh("user");
    workspace.execute("update \"user\" set \"_stepsync_deleted\" = true where \"id\" = '5'");

    VerifyReport report = workspace.verify("user");

    assertThat(found(report)).isEqualTo(Map.of(5L, "DIFFERENT [_stepsync_deleted]"));
  }

  @Test
  void rows_of_a_composite_key_are_compared_by_the_whole_key() throws Exception {
    workspace.stream(
        "item",
        """
        url: %s
        table: item
        primaryKey: region,id
        columns: "id: LONG, region: STRING"
        """
            .formatted(api.url()));
    api.records(1, 3, id -> "{\"id\":%d,\"region\":\"eu\"}".formatted(id));
    workspace.sync("item");
    api.records(2, 2, id -> "{\"id\":2,\"region\":\"us\"}");

    VerifyReport report = workspace.verify("item");

    assertThat(report.differences())
        .extracting(difference -> difference.kind() + " " + difference.key())
        .containsExactly("MISSING [us, 2]", "SURPLUS [eu, 2]");
  }

  @Test
  void what_syncs_have_asked_since_a_moment_is_refreshed_and_nothing_else() throws Exception {
    workspace.userStream(api.url(), "stepSize: 100\nmaxGap: 300");
    api.users(1, 300);
    workspace.sync("user");
    Instant moment = Instant.now();
    api.users(301, 500);
    workspace.sync("user");
    api.records(7, 7, id -> RangeApi.user(id, "new"));
    api.records(450, 450, id -> RangeApi.user(id, "new"));

    List<Run> runs =
        workspace
            .load()
            .withoutTriggers(
                context -> {
                  IdWindow part =
                      new AskedSince(moment.toString())
                          .of(
                              new StoredRuns(DataSources.of(context)).last("user", 1000),
                              100,
                              1,
                              500);
                  assertThat(part).isEqualTo(new IdWindow(301, 500));
                  return LaneRuns.of(context, "user", RunKind.PART, Map.of("ids", part));
                });

    assertThat(runs).singleElement().extracting(Run::getStatus).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(workspace.query("select \"id\" from \"user\" where \"name\" = 'new'"))
        .containsExactly("450");
    assertThat(workspace.verify("user").differences())
        .extracting(RowDifference::id)
        .containsExactly(7L);
  }

  @Test
  void records_that_became_dead_letters_are_told_apart() throws Exception {
    workspace.userStream(api.url(), "stepSize: 100\nmaxGap: 300");
    workspace.sync("user");
    workspace.execute("alter table \"user\" add constraint good check (\"name\" <> 'bad')");
    api.users(1, 300).records(5, 6, id -> RangeApi.user(id, "bad"));
    api.records(8, 8, id -> RangeApi.user(id, "x").replace("2026-11-15T00:58:20Z", "yesterday"));
    api.records(9, 9, id -> RangeApi.user(id, "half \\ud83d"));
    workspace.sync("user");

    VerifyReport report = workspace.verify("user");

    assertThat(found(report)).isEmpty();
    assertThat(report.isEqual()).isTrue();
    assertThat(report.deadLetters())
        .isEqualTo(
            Long.parseLong(workspace.query("select count(*) from stepsync_dead_letter").get(0)));
  }
}
