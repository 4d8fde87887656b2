package io.stepsync.routes;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How long the lanes of a node that is dead or asleep wait for another one. Not thread-safe. */
final class Takeovers {

  /** How a node is that sleeps. */
  static final String SUSPENDED = "was suspended";

  private final Workspace database;
  private final List<Waiting> waiting = new ArrayList<>();

  private int ofSleepers;

  /** A lane, by its job's name, and the node's name in the cluster of which it was. */
  private record Waiting(String lane, String instance, String how, Instant since) {}

  Takeovers(Workspace database) {
    this.database = database;
  }

  /** Tells whether none of a node's lanes waits any more. */
  boolean areOver(ClusterNode node) {
    return waiting.stream().noneMatch(lane -> lane.instance.startsWith(node.name() + "-"));
  }

  /** Returns how many lanes were taken over while their node slept. */
  int ofSleepers() {
    return ofSleepers;
  }

  /** Its lanes wait from now on. */
  void from(ClusterNode node, String how) throws SQLException {
    Instant now = Instant.now();
    executing()
        .forEach(
            (lane, instances) ->
                instances.stream()
                    .filter(instance -> instance.startsWith(node.name() + "-"))
                    .forEach(instance -> waiting.add(new Waiting(lane, instance, how, now))));
  }

  /** Tells of those lanes that another node runs by now. */
  void look() throws SQLException {
    Map<String, Set<String>> executing = executing();
    waiting.removeIf(
        lane -> {
          Set<String> instances = executing.getOrDefault(lane.lane, Set.of());
          boolean taken = instances.stream().anyMatch(instance -> !instance.equals(lane.instance));
          if (taken) {
            ofSleepers += lane.how.equals(SUSPENDED) ? 1 : 0;
            System.out.printf(
                "%s: taken over %d ms after its node %s%n",
                lane.lane, Duration.between(lane.since, Instant.now()).toMillis(), lane.how);
          }
          return taken;
        });
  }

  private Map<String, Set<String>> executing() throws SQLException {
    Map<String, Set<String>> executing = new HashMap<>();
    for (String row :
        database.query(
            "select JOB_NAME, INSTANCE_NAME from QRTZ_FIRED_TRIGGERS where STATE = 'EXECUTING'")) {
      String[] values = row.split(" ", 2);
      executing.computeIfAbsent(values[0], lane -> new HashSet<>()).add(values[1]);
    }
    return executing;
  }
}
