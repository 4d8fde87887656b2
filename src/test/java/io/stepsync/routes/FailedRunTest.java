package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.Stream;
import io.stepsync.main.Standalone;
import io.stepsync.run.Run;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that fails tells the checkpoint that is stored, whatever it was about to do. */
class FailedRunTest {

  private static final String STORED = "select current_id from stepsync_state where kind = 'sync'";

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private Workspace workspace;

  @BeforeEach
  void openWorkspace() throws Exception {
    workspace = new Workspace(directory);
    workspace.userStream(api.url(), "stepSize: 100\nmaxGap: 300");
    api.users(1, 250);
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  private void toldWhatIsStored(Run run, long checkpoint) throws Exception {
    assertThat(run.getStatus()).isEqualTo(RunStatus.FAILED);
    assertThat(run.getCheckpoint().currentId()).isEqualTo(checkpoint);
    assertThat(run.getSummary()).containsEntry("checkpoint", checkpoint);
    assertThat(workspace.query(STORED)).containsExactly(Long.toString(checkpoint));
  }

  @Test
  void before_it_read_the_checkpoint() throws Exception {
    workspace.sync("user");
    workspace.edit("user", "job: STRING", "job: LONG");

    toldWhatIsStored(workspace.sync("user"), 251);
  }

  @Test
  void before_there_is_a_checkpoint() throws Exception {
    workspace.execute("create table \"user\" (\"id\" integer primary key)");

    Run run = workspace.sync("user");

    assertThat(run.getStatus()).isEqualTo(RunStatus.FAILED);
    assertThat(run.getCheckpoint().currentId()).isEqualTo(1);
  }

  @Test
  void after_the_ids_of_the_api_were_reset_and_before_anything_was_written() throws Exception {
    workspace.sync("user");
    workspace.userStream(
        api.url(), "stepSize: 100\nonSourceReset: restart\nheadUrl: " + api.headUrl(20));
    api.records(1, 20, id -> RangeApi.user(id, "other"));
    AtomicInteger requests = new AtomicInteger();
    api.status((first, last) -> requests.getAndIncrement() == 0 ? 200 : 403);

    toldWhatIsStored(workspace.sync("user"), 251);
    assertThat(requests).hasValue(2);
  }

  @Test
  void after_another_runner_has_moved_the_checkpoint() throws Exception {
    Run run =
        workspace
            .load()
            .withoutTriggers(
                context -> {
                  api.onRequest(
                      () ->
                          Databases.execute(
                              context,
                              "update stepsync_state set version = 7, current_id = 201,"
                                  + " state = '{\"current_id\": 201}'"));
                  return Standalone.run(context, "user", RunKind.SYNC);
                });

    toldWhatIsStored(run, 201);
  }

  @Test
  void and_counts_a_window_that_was_committed_although_its_commit_failed() throws Exception {
    try (MortalStepsync stepsync = new MortalStepsync(directory)) {
      api.records(1, 500, id -> "{\"id\":%d,\"v\":1}".formatted(id));
      Stream stream = new Stream();
      stream.setUrl(api.url());
      stream.setTable("item");
      stream.setPrimaryKey("id");
      stream.setColumns("id: LONG, v: INT");
      stream.setStepSize(100);
      stream.setMaxId(500L);
      stepsync.begin(stream);

      Run run = stepsync.runFailingAtCommit(2);

      assertThat(run.getError()).hasValue("window 101..200: the answer was lost");
      assertThat(run.getCheckpoint().currentId()).isEqualTo(201).isEqualTo(stepsync.checkpoint());
      assertThat(run.getCounters().upserted()).isEqualTo(200);
      assertThat(stepsync.lastRun()).isEqualTo("failed 200");
    }
  }

  @Test
  void or_none_where_the_database_does_not_tell() throws Exception {
    Run run =
        workspace
            .load()
            .withoutTriggers(
                context -> {
                  api.onRequest(() -> Databases.execute(context, "drop table stepsync_state"));
                  return Standalone.run(context, "user", RunKind.SYNC);
                });

    assertThat(run.getStatus()).isEqualTo(RunStatus.FAILED);
    assertThat(run.getCheckpoint()).isNull();
    assertThat(run.getSummary()).doesNotContainKey("checkpoint");
  }
}
