package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.routes.ScriptedApi.Reply;
import io.stepsync.run.Run;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records in a wrapper, the ID too, with moments in numbers and texts that mean no value. */
class WrappedRecordsTest {

  private static final String SETTINGS =
      """
      url: %s
      records: /hits/hits
      id: /_source/id
      maxId: 100
      deletes: hard
      maxDeletes: 100%%
      refreshSchedule: 0 0 0 1 1 ? 2099
      nulls: '"", 0000-00-00'
      table: item
      primaryKey: key
      columns: |
        key: LONG = /_source/id
        city: STRING = /_source/address/city
        born: NAIVE_DATE = /_source/born
        seen: UTC_DATETIME(seconds) = /_source/seen
        tag: STRING nulls(none) = /_source/tags/0
      """;

  @TempDir Path directory;

  private static String hit(long id, String city) {
    return """
        {"_index":"item","_source":{"id":%1$d,"address":{"city":"%2$s","zip":"1"},
         "born":"%3$s","seen":1763168300,"tags":["%4$s"]}}"""
        .formatted(
            id, city, id == 1 ? "" : id == 2 ? "0000-00-00" : "2026-11-15", id == 3 ? "none" : "a");
  }

  @Test
  void they_are_copied_and_refreshed_and_deleted() throws Exception {
    Set<Long> gone = new ConcurrentSkipListSet<>();
    try (ScriptedApi api =
        new ScriptedApi(
            request ->
                Reply.json(
                    LongStream.rangeClosed(
                            request.number("start_id"), Math.min(25, request.number("end_id")))
                        .filter(id -> !gone.contains(id))
                        .mapToObj(id -> hit(id, gone.isEmpty() ? "Ulm" : "Rom"))
                        .collect(Collectors.joining(",", "{\"hits\":{\"hits\":[", "]}}"))))) {
      Workspace workspace =
          new Workspace(directory).stream("item", SETTINGS.formatted(api.url("/")));

      Run run = workspace.sync("item");

      assertThat(run.getError()).isEmpty();
      assertThat(
              workspace.query(
                  "select \"key\", \"city\", \"born\", \"tag\" from \"item\" where \"key\" < 5 order by 1"))
          .containsExactly(
              "1 Ulm null a", "2 Ulm null a", "3 Ulm 2026-11-15 null", "4 Ulm 2026-11-15 a");
      assertThat(
              workspace.query(
                  "select count(*) from \"item\""
                      + " where \"seen\" = timestamp '2025-11-15 00:58:20+0:00'"))
          .containsExactly("25");

      gone.addAll(Set.of(7L, 25L));
      Run refresh = workspace.refresh("item");

      assertThat(refresh.getError()).isEmpty();
      assertThat(workspace.query("select count(*), min(\"city\") from \"item\""))
          .containsExactly("23 Rom");
      assertThat(workspace.query("select count(*) from \"item\" where \"key\" in (7, 25)"))
          .containsExactly("0");
    }
  }
}
