package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three processes share a stream's lanes while some are killed and some sleep, and the database
 * restarts. {@code -Dstepsync.chaos=SECONDS} makes it longer, {@code -Dstepsync.seed=SEED} plays a
 * sequence again, as far as time allows.
 */
class ClusterChaosTest {

  private static final int LANES = 8;
  private static final int STEP = 100;
  private static final int LATENCY_MILLIS = 100;

  /** What is copied in a second while some nodes are away. */
  private static final long RECORDS_A_SECOND = 2400;

  private static final long RECORDS = RECORDS_A_SECOND * Long.getLong("stepsync.chaos", 12);

  /** So many windows are committed between two acts. */
  private static final int FEWEST_WINDOWS = 20;

  private static final int MOST_WINDOWS = 120;

  @TempDir Path directory;
  private final List<ClusterNode> nodes = new ArrayList<>();
  private final Map<String, Long> checkpoints = new HashMap<>();
  private long copied;
  private Takeovers takeovers;

  @AfterEach
  void end() {
    nodes.forEach(ClusterNode::close);
  }

  @ParameterizedTest
  @EnumSource
  void whatever_happens_to_nodes_and_database_each_record_is_written_once(DatabaseServer server)
      throws Exception {
    long seed = Long.getLong("stepsync.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (RangeApi api = new RangeApi().users(1, RECORDS).slowOverWidth(0, LATENCY_MILLIS)) {
      start(api, server.newDatabase());
      takeovers = new Takeovers(database());
      Chaos chaos = new Chaos(nodes, random, takeovers, server);
      awaitProgress(chaos, FEWEST_WINDOWS);
      while (copied < RECORDS) {
        System.out.println(chaos.act());
        awaitProgress(chaos, FEWEST_WINDOWS + random.nextInt(MOST_WINDOWS - FEWEST_WINDOWS));
      }
      chaos.end();
      stop();
      look();

      assertThat(copied).isEqualTo(RECORDS);
      assertRows();
      assertThat(
              database()
                  .query(
                      "select sum(records), sum(upserted), sum(unchanged), sum(dead)"
                          + " from stepsync_run"))
          .containsExactly(RECORDS + " " + RECORDS + " 0 0");
      assertWindows();
      assertThat(takeovers.ofSleepers()).as("lanes taken over from sleepers").isPositive();
    }
  }

  private void start(RangeApi api, TestDatabase database) throws Exception {
    for (String name : List.of("one", "two", "three")) {
      ClusterNode node = new ClusterNode(directory.resolve(name), database);
      nodes.add(node);
      node.property("stepsync.cluster.threads", "3").property("stepsync.history.runs", "1000000");
      node.stream("user", api, "* * * * * ?", "maxId: " + RECORDS + "\nlanes: " + LANES);
      node.start();
    }
  }

  /** All runs have ended behind it, those of nodes that slept too. */
  private void stop() throws Exception {
    for (ClusterNode node : nodes) {
      node.signal("TERM");
    }
    for (ClusterNode node : nodes) {
      node.awaitEnd();
    }
  }

  private Workspace database() {
    return nodes.get(0).workspace();
  }

  private void awaitProgress(Chaos chaos, int windows) throws Exception {
    long goal = Math.min(RECORDS, copied + (long) windows * STEP);
    try {
      await()
          .ignoreExceptionsInstanceOf(SQLException.class) // while it restarts, or has no tables yet
          .until(this::look, copied -> copied >= goal && chaos.hasSettled());
    } catch (ConditionTimeoutException e) {
      System.out.println(chaos.whatNodesDo());
      throw e;
    }
  }

  /** Neither a lane's checkpoint nor what the lanes have together ever goes back. */
  private long look() throws SQLException {
    long sum = 0;
    for (String row :
        database()
            .query("select first_id, last_id, current_id from stepsync_state order by lane")) {
      String[] values = row.split(" ", 3);
      long checkpoint = Long.parseLong(values[2]);
      Long before = checkpoints.put(values[0] + ".." + values[1], checkpoint);
      assertThat(checkpoint).as(row).isGreaterThanOrEqualTo(before == null ? 1 : before);
      sum += checkpoint - (values[0].equals("null") ? 1 : Long.parseLong(values[0]));
    }
    assertThat(sum).isGreaterThanOrEqualTo(copied);
    copied = sum;
    if (takeovers != null) {
      takeovers.look();
    }
    return copied;
  }

  private void assertRows() throws SQLException {
    assertThat(
            database()
                .query(
                    "select count(*), sum(cast(\"id\" as decimal)), sum(case when \"name\" ="
                        + " concat('name ', \"id\") then 0 else 1 end) from \"user\""))
        .containsExactly(RECORDS + " " + RECORDS * (RECORDS + 1) / 2 + " 0");
  }

  /** Each ID is of one window, and a run that another one took over from wrote none after it. */
  private void assertWindows() throws SQLException {
    long next = 1;
    Set<String> runs = new HashSet<>();
    String last = "";
    for (String row :
        database()
            .query(
                "select first_id, last_id, run from stepsync_window where records > 0"
                    + " order by first_id")) {
      String[] values = row.split(" ", 3);
      assertThat(Long.parseLong(values[0])).as(row).isEqualTo(next);
      next = Long.parseLong(values[1]) + 1;
      assertThat(values[2].equals(last) || runs.add(values[2])).as(row).isTrue();
      last = values[2];
    }
    assertThat(next).isEqualTo(RECORDS + 1);
  }
}
