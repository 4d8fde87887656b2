package io.stepsync.routes;

import static io.stepsync.LongestWait.awaitOpen;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promise that matters most: a process that dies at any moment loses and repeats nothing. */
class KillTest {

  private static final long RECORDS = 200_000;
  private static final int KILLS = 20;

  /** Windows until the kill. */
  private static final int MOST_WINDOWS = 6;

  /**
   * Windows that are answered while the kill is on its way, and no more, however long it takes: so
   * 20 kills fall before the 200th and last window.
   */
  private static final int WINDOWS_MEANWHILE = 3;

  private static final int MOST_MILLIS = 30;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"HSQLDB", "SQLite"})
  void after_twenty_kills_rows_equal_the_source_and_the_checkpoint_was_never_ahead_of_them(
      String database) throws Exception {
    long seed = Long.getLong("stepsync.seed", System.nanoTime());
    Random random = new Random(seed);
    try (RangeApi api = new RangeApi().users(1, RECORDS)) {
      Workspace workspace = workspace(database).userStream(api.url(), "");
      long checkpoint = 1;
      for (int kill = 1; kill <= KILLS; kill++) {
        killAfter(random.nextInt(MOST_WINDOWS) + 1, random.nextInt(MOST_MILLIS), api);
        long reached = checkpointThatFitsTheRows(workspace, kill, seed);
        assertThat(reached).as("kill %s, seed %s", kill, seed).isGreaterThanOrEqualTo(checkpoint);
        checkpoint = reached;
      }
      assertThat(checkpoint).as("seed %s", seed).isBetween(1001L, RECORDS);

      api.onRequest(() -> {});
      StepsyncProcess.Result last = StepsyncProcess.run(directory, "sync", "user");

      assertThat(last.exitCode()).as(last.output()).isZero();
      assertThat(
              workspace.query(
                  "select count(*), count(distinct \"id\"), sum(cast(\"id\" as bigint)),"
                      + " sum(case when \"name\" = 'name ' || \"id\" then 0 else 1 end)"
                      + " from \"user\""))
          .containsExactly(RECORDS + " " + RECORDS + " " + RECORDS * (RECORDS + 1) / 2 + " 0");
    }
  }

  private Workspace workspace(String database) throws Exception {
    return database.equals("SQLite")
        ? new Workspace(directory, TestDatabase.sqlite(directory))
        : new Workspace(directory);
  }

  private void killAfter(int windows, int millis, RangeApi api) throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    AtomicInteger left = new AtomicInteger(windows);
    api.onRequest(
        () -> {
          int more = left.decrementAndGet();
          if (more == 0) {
            reached.countDown();
          } else if (more < -WINDOWS_MEANWHILE) {
            awaitOpen(killed);
          }
        });
    Process process = StepsyncProcess.start(directory, "sync", "user");
    awaitOpen(reached);
    boolean endedByItself = process.waitFor(millis, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    killed.countDown();
    assertThat(endedByItself).isFalse();
  }

  /** Rows and checkpoint commit together: below it all IDs are there, above it none. */
  private static long checkpointThatFitsTheRows(Workspace workspace, int kill, long seed)
      throws Exception {
    List<String> state =
        workspace.query(
            "select s.current_id, count(u.\"id\"), coalesce(max(cast(u.\"id\" as bigint)), 0)"
                + " from stepsync_state s left join \"user\" u on true group by s.current_id");
    if (state.isEmpty()) {
      return 1;
    }
    String[] values = state.get(0).split(" ", 3);
    long checkpoint = Long.parseLong(values[0]);
    assertThat(values[1]).as("kill %s, seed %s", kill, seed).isEqualTo("" + (checkpoint - 1));
    assertThat(values[2]).as("kill %s, seed %s", kill, seed).isEqualTo("" + (checkpoint - 1));
    return checkpoint;
  }
}
