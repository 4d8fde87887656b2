package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stepsync.SettingException;
import io.stepsync.main.LiveRoutes;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes on one database, of which some are killed and some sleep. */
class ClusterTest {

  private static final String EACH_SECOND = "* * * * * ?";
  private static final long RECORDS = 2000;

  @TempDir Path directory;
  private final List<ClusterNode> nodes = new ArrayList<>();
  private final Map<String, Long> checkpoints = new HashMap<>();
  private TestDatabase database;

  @AfterEach
  void end() {
    nodes.forEach(ClusterNode::close);
  }

  private ClusterNode node(String name) throws Exception {
    ClusterNode node = new ClusterNode(directory.resolve(name), database);
    nodes.add(node);
    return node;
  }

  private Workspace database() {
    return nodes.get(0).workspace();
  }

  @Test
  void a_node_that_is_killed_or_sleeps_loses_nothing_and_once_awake_changes_nothing()
      throws Exception {
    database = PostgresServer.newDatabase();
    try (HeldApi killed = new HeldApi();
        HeldApi paused = new HeldApi();
        RangeApi other = new RangeApi().users(1, RECORDS)) {
      killed.api.users(1, RECORDS);
      paused.api.users(1, RECORDS);
      for (String name : List.of("one", "two", "three")) {
        node(name).stream("killed", killed.api, EACH_SECOND).stream(
                "paused", paused.api, EACH_SECOND)
            .stream("third", other, EACH_SECOND)
            .stream("fourth", other, EACH_SECOND)
            .start();
      }
      killed.awaitHeld();
      paused.awaitHeld();

      ClusterNode dead = nodeThatRuns("killed");
      dead.signal("KILL");
      dead.awaitEnd();
      killed.letGo();
      awaitTakeover("killed", dead, "was killed");
      awaitCheckpoint("killed", RECORDS + 1);

      assertThat(runsBesideOthers()).isEmpty();

      ClusterNode asleep = nodeThatRuns("paused");
      asleep.signal("STOP");
      paused.letGo();
      awaitTakeover("paused", asleep, "was put to sleep");
      awaitCheckpoint("paused", RECORDS + 1);
      asleep.signal("CONT");
      asleep.awaitOutput("another runner of this stream has moved its checkpoint");

      for (ClusterNode node : nodes) {
        if (node != dead && node != asleep) {
          node.signal("TERM");
          node.awaitEnd();
        }
      }
      other.users(RECORDS + 1, RECORDS + 10);
      awaitCheckpoint("third", RECORDS + 11);

      assertRows("killed", RECORDS);
      assertRows("paused", RECORDS);
      assertRows("third", RECORDS + 10);
      assertThat(nodes)
          .filteredOn(node -> node.output().contains("run starts"))
          .hasSizeGreaterThan(1);
      assertThat(writingRunsBesideOthers()).isEmpty();
    }
  }

  /** A trigger that is a plain route is one of the cluster's, too. */
  @Test
  void a_plain_route_is_fired_by_one_of_two_nodes_and_again_by_the_other_once_that_is_killed()
      throws Exception {
    database = PostgresServer.newDatabase();
    try (HeldApi plain = new HeldApi()) {
      plain.api.users(1, RECORDS);
      for (String name : List.of("one", "two")) {
        node(name).plainStream("plain", plain.api, EACH_SECOND).start();
      }
      plain.awaitHeld();
      assertThat(instances("plain")).hasSize(1);

      ClusterNode dead = nodeThatRuns("plain");
      dead.signal("KILL");
      dead.awaitEnd();
      plain.letGo();
      awaitTakeover("plain", dead, "was killed");
      awaitCheckpoint("plain", RECORDS + 1);
      awaitRuns("plain", 3);

      assertRows("plain", RECORDS);
      assertThat(runsBesideOthers()).isEmpty();
    }
  }

  private ClusterNode nodeThatRuns(String stream) throws SQLException {
    String running = await().until(() -> instances(stream), found -> !found.isEmpty()).get(0);
    return nodes.stream()
        .filter(node -> running.startsWith(node.name() + "-"))
        .findFirst()
        .orElseThrow();
  }

  private List<String> instances(String stream) throws SQLException {
    return database()
        .query(
            "select INSTANCE_NAME from QRTZ_FIRED_TRIGGERS where STATE = 'EXECUTING' and JOB_NAME = '"
                + stream
                + "/0'");
  }

  private void awaitTakeover(String stream, ClusterNode from, String how) {
    Instant before = Instant.now();
    await()
        .until(
            () ->
                checkpointsNeverGoBack()
                    && instances(stream).stream()
                        .anyMatch(instance -> !instance.startsWith(from.name() + "-")));
    System.out.printf(
        "%s: taken over %d ms after its node %s%n",
        stream, Duration.between(before, Instant.now()).toMillis(), how);
  }

  private void awaitCheckpoint(String stream, long checkpoint) {
    await()
        .until(
            () -> checkpointsNeverGoBack() && checkpoints.getOrDefault(stream, 1L) == checkpoint);
  }

  private boolean checkpointsNeverGoBack() throws SQLException {
    for (String row : database().query("select stream, current_id from stepsync_state")) {
      String[] values = row.split(" ", 2);
      long checkpoint = Long.parseLong(values[1]);
      assertThat(checkpoint).isGreaterThanOrEqualTo(checkpoints.getOrDefault(values[0], 1L));
      checkpoints.put(values[0], checkpoint);
    }
    return true;
  }

  private void assertRows(String table, long records) throws SQLException {
    assertThat(
            database()
                .query(
                    "select count(*), sum(cast(\"id\" as decimal)), sum(case when \"name\" ="
                        + " concat('name ', \"id\") then 0 else 1 end) from \""
                        + table
                        + "\""))
        .containsExactly(records + " " + records * (records + 1) / 2 + " 0");
  }

  /** Runs that began while another of their stream went on, and both to a good end. */
  private List<String> runsBesideOthers() throws SQLException {
    return runsBesideOthers("true");
  }

  /** A node that slept may end a run that had nothing to write, as there is nothing to check. */
  private List<String> writingRunsBesideOthers() throws SQLException {
    return runsBesideOthers("a.upserted > 0 and b.upserted > 0");
  }

  private List<String> runsBesideOthers(String condition) throws SQLException {
    return database()
        .query(
            "select a.stream, a.run, a.started, a.ended, b.run, b.started, b.ended"
                + " from stepsync_run a join stepsync_run b"
                + " on a.stream = b.stream and a.run <> b.run"
                + " and a.started <= b.started and b.started < a.ended"
                + " where a.status = 'caught_up' and b.status = 'caught_up' and "
                + condition);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_node_leaves_to_others_what_it_has_no_file_of_and_takes_a_schedule_with_it(boolean mySql)
      throws Exception {
    database = mySql ? MySqlServer.newDatabase() : MariaDbServer.newDatabase();
    try (RangeApi api = new RangeApi().users(1, RECORDS)) {
      ClusterNode first = node("one").stream("shared", api, "0 0 0 1 1 ? 2098");
      first.stream("missing", api, EACH_SECOND).start().awaitOutput("missing: caught up");

      ClusterNode second = node("two").stream("shared", api, EACH_SECOND).start();

      second.awaitOutput("shared: schedule * * * * * ? from now on, was 0 0 0 1 1 ? 2098");
      second.awaitOutput("this node has no file of, and does not run: missing");
      awaitRuns("shared", 1);
      awaitRuns("missing", (int) (runs("missing") + 3));
      assertThat(second.output()).doesNotContain("missing: run", "ERROR");
      assertThat(first.output()).contains("missing: run").doesNotContain("ERROR");
      assertRows("missing", RECORDS);
      assertRows("shared", RECORDS);
      assertThat(runsBesideOthers()).isEmpty();
    }
  }

  private void awaitRuns(String stream, int most) {
    await().until(() -> runs(stream) >= most);
  }

  private long runs(String stream) throws SQLException {
    return database()
        .value(
            "select count(*) from stepsync_run where status = 'caught_up' and stream = '"
                + stream
                + "'",
            Long.class);
  }

  @Test
  void files_that_change_while_it_runs_are_not_for_a_cluster() throws Exception {
    new Workspace(directory)
        .userStream("http://127.0.0.1:1", "")
        .property("stepsync.cluster.enabled", "true")
        .property("stepsync.datasource.url", "jdbc:postgresql://127.0.0.1/none");

    assertThatThrownBy(() -> LiveRoutes.standalone(directory))
        .isInstanceOf(SettingException.class)
        .hasMessage("stepsync.cluster.enabled must be false with --dev, was true");
  }

  @ParameterizedTest
  @CsvSource({
    "stepsync.datasource.url, jdbc:hsqldb:file:data/stepsync, 'must be of PostgreSQL, MariaDB or MySQL"
        + " with stepsync.cluster.enabled=true, as machines cannot share a file, was"
        + " jdbc:hsqldb:file:data/stepsync'",
    "stepsync.cluster.enabled, yes, 'must be true or false, was yes'",
    "stepsync.cluster.check-in, 500ms, 'must be >= 1s, was 500ms'",
    "stepsync.cluster.check-in, soon, 'must be a duration such as 30s, was soon'",
    "stepsync.cluster.threads, 0, 'must be >= 1, was 0'"
  })
  void what_a_node_cannot_start_with_is_refused(String key, String value, String rule)
      throws Exception {
    Workspace workspace =
        new Workspace(directory)
            .userStream("http://127.0.0.1:1", "")
            .property("stepsync.cluster.enabled", "true")
            .property("stepsync.datasource.url", "jdbc:postgresql://127.0.0.1/none")
            .property(key, value);

    assertThatThrownBy(workspace::load)
        .isInstanceOf(SettingException.class)
        .hasMessageMatching(
            Pattern.quote(key + " " + rule) + " \\(.*application\\.properties:\\d+\\)");
  }
}
