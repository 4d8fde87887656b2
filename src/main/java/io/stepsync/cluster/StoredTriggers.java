package io.stepsync.cluster;

import io.stepsync.http.ShownText;
import io.stepsync.run.LaneName;
import io.stepsync.store.alive.AliveNodes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the cluster has in its store before a node joins it, beside what the node's files have. */
final class StoredTriggers {

  private static final Logger LOG = LoggerFactory.getLogger(StoredTriggers.class);

  private final Map<String, String> stored = new TreeMap<>();
  private final List<String> nodes;

  /**
   * @param nodes the names of the other nodes that are alive
   */
  StoredTriggers(JdbcTemplate sql, List<String> nodes) {
    this.nodes = nodes;
    sql.query(
        "SELECT TRIGGER_NAME, CRON_EXPRESSION FROM QRTZ_CRON_TRIGGERS"
            + " WHERE SCHED_NAME = ? AND TRIGGER_GROUP = ?",
        row -> {
          stored.put(LaneName.stream(row.getString(1)), row.getString(2));
        },
        AliveNodes.CLUSTER,
        LaneName.GROUP);
  }

  /**
   * Logs what other nodes have otherwise.
   *
   * @param schedules of this node's streams, Quartz cron expressions
   */
  void compare(Map<String, String> schedules) {
    stored.forEach(
        (stream, schedule) -> {
          String own = schedules.get(stream);
          if (own != null && !own.equalsIgnoreCase(schedule)) {
            LOG.info("{}: schedule {} from now on, was {}", shown(stream), own, schedule);
          }
        });
    Set<String> missing = difference(stored.keySet(), schedules.keySet());
    if (!missing.isEmpty()) {
      LOG.warn(
          "streams of the cluster that this node has no file of, and does not run: {}",
          shown(missing));
    }
    Set<String> added = difference(schedules.keySet(), stored.keySet());
    if (!nodes.isEmpty() && !added.isEmpty()) {
      LOG.warn("streams that no other node had a file of as it started: {}", shown(added));
    }
  }

  private static Set<String> difference(Set<String> all, Set<String> others) {
    Set<String> difference = new TreeSet<>(all);
    difference.removeAll(others);
    return difference;
  }

  private static String shown(Set<String> streams) {
    return shown(String.join(", ", streams));
  }

  private static String shown(String text) {
    return ShownText.harmless(text);
  }
}
