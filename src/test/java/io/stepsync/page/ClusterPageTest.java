package io.stepsync.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stepsync.routes.ClusterNode;
import io.stepsync.routes.HeldApi;
import io.stepsync.routes.PostgresServer;
import io.stepsync.routes.RangeApi;
import io.stepsync.routes.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of one node of a cluster while streams run on another, and its end. */
class ClusterPageTest {

  private static final String EACH_SECOND = "* * * * * ?";
  private static final String NEVER = "0 0 0 1 1 ? 2098";
  private static final long RECORDS = 2000;

  @TempDir Path directory;
  private ClusterNode one;
  private ClusterNode two;

  private ClusterNode node(String name, TestDatabase database, HeldApi held, RangeApi free)
      throws Exception {
    ClusterNode node = new ClusterNode(directory.resolve(name), database);
    node.stream("held", held.api, EACH_SECOND).stream("asked", free, NEVER).withPage();
    node.property("stepsync.cluster.check-in", "10s"); // none is to be taken for dead
    return node.start();
  }

  @AfterEach
  void end() {
    one.close();
    two.close();
  }

  @Test
  void what_is_asked_holds_for_the_cluster_and_a_node_that_is_stopped_hands_on() throws Exception {
    TestDatabase database = PostgresServer.newDatabase();
    try (HeldApi held = new HeldApi();
        RangeApi free = new RangeApi().users(1, RECORDS)) {
      held.api.users(1, RECORDS);
      one = node("one", database, held, free);
      two = node("two", database, held, free);
      held.awaitHeld();
      ClusterNode runner = runnerOf("held");
      ClusterNode other = runner == one ? two : one;

      deadLetter("held");
      for (ClusterNode asked : List.of(other, runner)) {
        assertThat(asked.post("/api/run?stream=held")).contains("held is running");
        assertThat(asked.post("/api/retry?stream=held")).contains("held is running");
      }

      assertThat(other.post("/api/run?stream=asked")).contains("asked: a run starts");
      awaitRuns("asked", "sync caught_up 2000");
      deadLetter("asked");
      assertThat(runner.post("/api/retry?stream=asked")).contains("its dead letters are tried");
      awaitRuns("asked", "sync caught_up 2000", "retry caught_up 1");

      runner.signal("TERM");
      runner.awaitOutput("takes nothing more");
      held.letGo();
      runner.awaitEnd();
      String stopped = runner.name() + " paused";
      assertThat(runsOf("held")).startsWith(stopped).doesNotContain(runner.name() + " caught_up");
      await().until(() -> runsOf("held").contains(other.name() + " caught_up"));
      assertThat(other.workspace().query("select count(*) from \"held\""))
          .containsExactly(Long.toString(RECORDS));
      assertThat(runner.output() + other.output()).doesNotContain("ERROR", "another runner");
    }
  }

  private ClusterNode runnerOf(String stream) throws SQLException {
    String node =
        one.workspace()
            .value("select node from stepsync_run where stream = '" + stream + "'", String.class);
    return node.startsWith(one.name() + "-") ? one : two;
  }

  private void deadLetter(String stream) throws SQLException {
    one.workspace()
        .execute(
            "insert into stepsync_dead_letter (stream, id, kind, reason, payload, run, seen_at,"
                + " tries) values ('"
                + stream
                + "', 7, 'record', 'a reason', '{\"id\": 7, \"name\": \"name 7\"}', 'a run',"
                + " current_timestamp, 1)");
  }

  private void awaitRuns(String stream, String... runs) {
    await()
        .untilAsserted(
            () ->
                assertThat(
                        one.workspace()
                            .query(
                                "select kind, status, records from stepsync_run where stream = '"
                                    + stream
                                    + "' order by started"))
                    .containsExactly(runs));
  }

  /** Returns the runs of a stream, each as its node's name, without what is added, and its end. */
  private List<String> runsOf(String stream) throws SQLException {
    return one.workspace()
        .query(
            "select substring(node from 1 for 3), status from stepsync_run where stream = '"
                + stream
                + "' order by started");
  }
}
