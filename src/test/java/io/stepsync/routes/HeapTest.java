package io.stepsync.routes;

import static io.stepsync.routes.Workspace.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/performance.md promises of memory: answers that do not fit beside each other wait. */
class HeapTest {

  private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");

  private static final String EACH_SECOND = "* * * * * ?";

  /** A window has 60 MB. */
  private static final int WINDOW = 100;

  @TempDir Path directory;
  private final BigAnswers api = new BigAnswers(600_000);
  private Workspace workspace;

  @BeforeEach
  void open() throws Exception {
    workspace = new Workspace(directory);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void stream(String name, int windows, String schedule) throws Exception {
    workspace.stream(
        name,
        """
        url: %s
        table: %s
        primaryKey: id
        columns: "id: LONG, text: STRING"
        stepSize: %d
        maxId: %d
        fetchAhead: 8
        """
            .formatted(api.url(), name, WINDOW, windows * WINDOW),
        schedule);
  }

  private List<String> rows(String table) throws Exception {
    return workspace.query("select count(*), sum(\"id\") from \"" + table + "\"");
  }

  @Test
  void answers_of_60_mb_that_are_asked_ahead_pass_in_256_mb() throws Exception {
    stream("big", 5, NEVER);

    Process sync = StepsyncProcess.startWith(OPTIONS, directory, "sync", "big");

    assertThat(sync.waitFor()).as(StepsyncProcess.printed(directory)).isZero();
    assertThat(rows("big")).containsExactly("500 125250");
  }

  @Test
  void so_do_those_of_two_streams_at_once() throws Exception {
    stream("one", 3, EACH_SECOND);
    stream("other", 3, EACH_SECOND);

    Process process = StepsyncProcess.startWith(OPTIONS, directory, "run");
    await().until(() -> !process.isAlive() || areCaughtUp(StepsyncProcess.printed(directory)));
    process.destroy();
    process.waitFor();

    String printed = StepsyncProcess.printed(directory);
    assertThat(printed).doesNotContain("OutOfMemory", "failed");
    assertThat(rows("one")).as(printed).containsExactly("300 45150");
    assertThat(rows("other")).as(printed).containsExactly("300 45150");
  }

  private static boolean areCaughtUp(String printed) {
    return printed.contains("one: caught up") && printed.contains("other: caught up");
  }
}
