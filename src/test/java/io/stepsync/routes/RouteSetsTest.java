package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.main.files.RouteFiles;
import io.stepsync.run.Run;
import io.stepsync.store.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A stream's life with all routes in {@code routes/}, in either language, and none of the jar's.
 */
class RouteSetsTest {

  private static final String ROWS =
      "select count(*), min(cast(\"id\" as int)), max(cast(\"id\" as int)) from \"user\"";

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void no_route_comes_from_the_jar(RouteSet set) throws Exception {
    set.copyTo(directory.resolve("routes"));

    assertThat(RouteFiles.in(directory).locations())
        .hasSameSizeAs(set.names())
        .allMatch(location -> location.startsWith("file:" + directory));
  }

  @ParameterizedTest
  @CsvSource({
    "YAML, 'stepSize: 1000', 'stepSize: 100\n        retries: 0\n        deletes: hard'",
    "XML, '<property key=\"stepSize\" value=\"1000\"/>',"
        + " '<property key=\"stepSize\" value=\"100\"/><property key=\"retries\" value=\"0\"/>"
        + "<property key=\"deletes\" value=\"hard\"/>'"
  })
  void gaps_are_crossed_refused_records_kept_and_deleted_rows_removed(
      RouteSet set, String stepSize, String settings) throws Exception {
    try (RangeApi api = new RangeApi().users(1, 250).users(5001, 5300)) {
      api.records(7, 7, id -> RangeApi.user(id, "x").replace("2026-11-15T00:58:20Z", "yesterday"));
      api.status((first, last) -> first <= 120 && 120 <= last ? 500 : 200);
      Workspace workspace = workspace(set, api.url());
      edit(directory.resolve("routes").resolve(relative(set)), stepSize, settings);

      Run first = workspace.sync("user");
      api.status((from, to) -> 200).users(5301, 5310).remove(20, 25);
      Run second = workspace.sync("user");
      Run refresh = workspace.refresh("user");

      assertThat(List.of(first, second, refresh))
          .allSatisfy(run -> assertThat(run.getStatus()).isEqualTo(RunStatus.CAUGHT_UP));
      assertThat(first.getCounters().upserted()).isEqualTo(548);
      assertThat(second.getCounters().upserted()).isEqualTo(11);
      assertThat(refresh.getCounters().deleted()).isEqualTo(6);
      assertThat(workspace.query(ROWS)).containsExactly("553 1 5310");
      assertThat(workspace.query("select id, kind from stepsync_dead_letter"))
          .containsExactly("7 record");
      assertThat(workspace.query("select kind, current_id from stepsync_state order by kind"))
          .contains("sync 5311");
    }
  }

  private Workspace workspace(RouteSet set, String url) throws Exception {
    set.copyTo(directory.resolve("routes"));
    Workspace workspace = new Workspace(directory);
    Files.write(
        directory.resolve("application.properties"),
        List.of("user.url=" + url, "user.schedule=0 0 0 1 1 ? 2099"),
        StandardOpenOption.APPEND);
    return workspace;
  }

  private static Path relative(RouteSet set) {
    Path file = set.file("streams/user");
    return file.subpath(1, file.getNameCount());
  }

  private static void edit(Path file, String text, String replacement) throws Exception {
    String before = Files.readString(file);
    assertThat(before).contains(text);
    Files.writeString(file, before.replace(text, replacement));
  }
}
