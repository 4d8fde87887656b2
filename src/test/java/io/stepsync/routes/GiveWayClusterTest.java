package io.stepsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The refresh of a stream whose lanes two nodes share, beside syncs that are due all the time. */
class GiveWayClusterTest {

  /** The last lane cannot be read at first, so that the lanes are not joined. */
  private static final int LANES = 3;

  private static final long IDS = 3000;
  private static final long FREE = 100;
  private static final List<String> READ = List.of("0", "1");
  private static final String SETTINGS =
      "maxId: %d%nlanes: %d%nretries: 0%nmaxBackoff: 1s%ndeletes: hard"
          .formatted(LANES * IDS, LANES);

  @TempDir Path directory;
  private final RangeApi api = new RangeApi();
  private final List<ClusterNode> nodes = new ArrayList<>();
  private TestDatabase database;

  @BeforeEach
  void openDatabase() throws Exception {
    database = PostgresServer.newDatabase();
  }

  @AfterEach
  void end() {
    nodes.forEach(ClusterNode::close);
    api.close();
  }

  private ClusterNode node(String name, String schedule, String more) throws Exception {
    ClusterNode node = new ClusterNode(directory.resolve(name), database);
    nodes.add(node);
    return node.stream("user", api, schedule, SETTINGS + more);
  }

  private List<String> query(String sql) throws Exception {
    return nodes.get(0).workspace().query(sql);
  }

  /** The lanes of which a refresh has ended so. */
  private List<String> refreshed(String status) throws Exception {
    return query(
        "select distinct lane from stepsync_run where kind = 'refresh' and status = '%s' order by lane"
            .formatted(status));
  }

  private void awaitRows(long count) {
    await()
        .until(() -> query("select count(*) from \"user\""), List.of(Long.toString(count))::equals);
  }

  @Test
  void each_lane_gives_way_on_whichever_node_and_goes_on_to_the_end_of_both_looks()
      throws Exception {
    for (int lane = 0; lane < LANES; lane++) {
      api.users(lane * IDS + 1, (lane + 1) * IDS - FREE);
    }
    api.status((first, last) -> last > 2 * IDS ? 404 : 200);
    ClusterNode first = node("one", Workspace.NEVER, "");
    first.workspace().sync("user");
    long gone = IDS / 2;
    api.remove(gone).remove(IDS + gone);
    api.slowOverWidth(1, 100);
    String each = "* * * * * ?";
    String refresh = "%nrefreshSchedule: '%s'".formatted(each);
    first.stream("user", api, each, SETTINGS + refresh).start();
    node("two", each, refresh).start();

    await().until(() -> refreshed("paused"), READ::equals);
    await().until(() -> refreshed("caught_up"), READ::equals);

    awaitRows(2 * (IDS - FREE - 1));
    await()
        .until(
            () -> query("select distinct node from stepsync_run where node is not null").size(),
            count -> count == nodes.size());
    assertThat(query("select error from stepsync_run where status = 'failed' and lane < 2"))
        .isEmpty();
    assertThat(runsOfALaneBesideOthers()).isEmpty();
    assertThat(windowsThatARefreshAskedTwice()).isEmpty();

    api.status((from, to) -> 200);
    awaitRows(3 * (IDS - FREE) - 2); // also those of the last lane
    assertThat(runsOfALaneBesideOthers()).isEmpty();
  }

  private List<String> runsOfALaneBesideOthers() throws Exception {
    return query(
        "select a.lane, a.kind, a.node, a.started, a.ended, b.kind, b.node, b.started, b.ended"
            + " from stepsync_run a join stepsync_run b on a.stream = b.stream and a.lane = b.lane"
            + " and a.run <> b.run and a.started <= b.started and b.started < a.ended");
  }

  /** A refresh goes on where it gave way, so until its end no window is asked twice. */
  private List<String> windowsThatARefreshAskedTwice() throws Exception {
    return query(
        "select r.lane, w.first_id, count(*)"
            + " from stepsync_run r join stepsync_window w on w.run = r.run"
            + " where r.kind = 'refresh' and w.last_id - w.first_id + 1 >= 100"
            + " and r.ended <= (select min(ended) from stepsync_run d where d.kind = 'refresh'"
            + "   and d.lane = r.lane and d.status = 'caught_up')"
            + " group by r.lane, w.first_id having count(*) > 1");
  }
}
