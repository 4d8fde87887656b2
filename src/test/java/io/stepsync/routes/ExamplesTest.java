package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.stepsync.main.Standalone;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The examples that are route files alone, as they are but for the API and the folder out. */
class ExamplesTest {

  @TempDir Path directory;

  private final RangeApi api = new RangeApi();

  @AfterEach
  void close() {
    api.close();
  }

  private Workspace example(String name) throws IOException {
    Workspace workspace = new Workspace(directory);
    Examples.copy("examples/" + name, directory, directory + "/");
    Path properties = directory.resolve("application.properties");
    Files.writeString(properties, Files.readString(properties) + "\nuser.url=" + api.url() + "\n");
    return workspace;
  }

  private void user(long id, String name, String company) {
    api.records(
        id,
        id,
        any ->
            RangeApi.user(id, name)
                .replace("\"company\":\"c\"", "\"company\":\"" + company + "\""));
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(directory.resolve("out").resolve(file));
  }

  @Test
  void transform_changes_records_and_leaves_some_out() throws Exception {
    user(1, "Ada, O'Hara \\\"x\\\"", "Good");
    user(2, "Ben", "Bad Inc");
    Workspace workspace = example("transform");
    assertThat(workspace.sync("user").getStatus()).isEqualTo(RunStatus.CAUGHT_UP);
    assertThat(workspace.query("SELECT \"id\", \"name\", \"domain\" FROM \"user\""))
        .containsExactly("1 ADA, O'HARA \"X\" example.com");
  }

  @Test
  void notify_keeps_a_line_of_each_run() throws Exception {
    user(1, "Ada", "Good");
    Workspace workspace = example("notify");
    workspace.sync("user");
    api.status((firstId, lastId) -> 418);
    workspace.sync("user");
    assertThat(lines("runs.txt").get(0)).matches("20\\S+Z user caught_up 1");
    assertThat(lines("runs.txt").get(1)).matches("20\\S+Z user failed 0");
  }

  @Test
  void verify_raises_an_alarm_where_table_and_api_differ() throws Exception {
    user(1, "Ada", "Good");
    Workspace workspace = example("verify").property("verify.schedule", "0/1 * * * * ?");
    workspace.sync("user");
    workspace.execute("delete from \"user\"");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    Logger alarms = (Logger) LoggerFactory.getLogger("verify-user");
    alarms.setLevel(Level.ERROR);
    alarms.setAdditive(false);
    alarms.addAppender(log);
    try (LiveStepsync stepsync = new LiveStepsync(directory)) {
      stepsync.awaitLog("user verify: differs");
      await()
          .until(
              () -> log.list.stream().map(ILoggingEvent::getFormattedMessage).toList(),
              lines -> lines.contains("ALARM: user differs, 1 missing, 1 records in 1 windows"));
    } finally {
      alarms.detachAppender(log);
      alarms.setAdditive(true);
      alarms.setLevel(null);
    }
  }

  @Test
  void file_sink_writes_a_line_a_record() throws Exception {
    user(1, "Ada", "Good");
    user(2, "Ben", "Bad Inc");
    example("file-sink").sync("user");
    assertThat(lines("user.ndjson")).hasSize(2).first().asString().startsWith("{\"id\":\"1\",");
  }

  @Test
  void route_sink_writes_the_table_and_files_and_the_checkpoint_waits_for_both() throws Exception {
    user(1, "Ada", "Good");
    user(2, "Ben", "Bad Inc");
    Workspace workspace = example("route-sink");
    workspace.sync("user");
    assertThat(workspace.query("SELECT \"name\" FROM \"user\" ORDER BY 1"))
        .containsExactly("Ada", "Ben");
    assertThat(lines("Bad Inc.ndjson")).hasSize(1);
    Files.createFile(directory.resolve("out/Evil"));
    user(3, "Eve", "Evil/x");
    assertThat(workspace.sync("user").getStatus()).isEqualTo(RunStatus.FAILED);
    assertThat(workspace.query("SELECT \"name\" FROM \"user\" ORDER BY 1"))
        .containsExactly("Ada", "Ben");
    assertThat(workspace.query("SELECT current_id FROM stepsync_state WHERE kind = 'sync'"))
        .containsExactly("3");
    new Standalone(directory)
        .withoutTriggers(context -> Standalone.run(context, "user", RunKind.DRY_RUN));
  }
}
