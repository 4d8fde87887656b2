package io.stepsync.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Kills, starts, suspends and wakes nodes at random, and restarts their database once. The first
 * act is to suspend one, and a node wakes only once others run all its lanes: what it then writes
 * comes too late. One node at least is left alone at any time. Not thread-safe.
 */
final class Chaos {

  private final List<ClusterNode> awake;
  private final List<ClusterNode> asleep = new ArrayList<>();
  private final List<ClusterNode> dead = new ArrayList<>();
  private final Random random;
  private final DatabaseServer server;
  private final int restartAt;
  private final Takeovers takeovers;
  private int acts;

  /** The database restarts in the second act or the third. */
  Chaos(List<ClusterNode> nodes, Random random, Takeovers takeovers, DatabaseServer server) {
    awake = new ArrayList<>(nodes);
    this.random = random;
    this.takeovers = takeovers;
    this.server = server;
    restartAt = 1 + random.nextInt(2);
  }

  /**
   * Tells whether those that were started have joined: before that they may fail as any program.
   */
  boolean hasSettled() {
    return awake.stream().allMatch(node -> node.output().contains("run starts"));
  }

  /** Does one thing, and says which. */
  String act() throws Exception {
    if (acts++ == 0) {
      return suspend();
    }
    if (acts - 1 == restartAt) {
      server.stop();
      server.startAgain();
      return "the database restarts";
    }
    List<Act> possible = possible();
    return possible.isEmpty()
        ? "nothing can be done yet"
        : possible.get(random.nextInt(possible.size())).carryOut();
  }

  private List<Act> possible() {
    List<Act> possible = new ArrayList<>();
    if (awake.size() > 1) {
      possible.add(this::kill);
      possible.add(this::suspend);
    }
    if (!dead.isEmpty()) {
      possible.add(this::start);
    }
    if (asleep.stream().anyMatch(takeovers::areOver)) {
      possible.add(this::wakeLate);
    }
    return possible;
  }

  private String kill() throws Exception {
    ClusterNode node = move(awake, dead);
    takeovers.from(node, "was killed");
    node.signal("KILL");
    node.awaitEnd();
    return node.name() + " is killed";
  }

  private String suspend() throws Exception {
    ClusterNode node = move(awake, asleep);
    takeovers.from(node, Takeovers.SUSPENDED);
    node.signal("STOP");
    return node.name() + " is suspended";
  }

  private String start() throws Exception {
    ClusterNode node = move(dead, awake);
    node.start();
    return node.name() + " is started again";
  }

  private String wakeLate() throws Exception {
    List<ClusterNode> late = asleep.stream().filter(takeovers::areOver).toList();
    return wake(late.get(random.nextInt(late.size())));
  }

  private String wake(ClusterNode node) throws Exception {
    asleep.remove(node);
    awake.add(node);
    node.signal("CONT");
    return node.name() + " wakes";
  }

  private ClusterNode move(List<ClusterNode> from, List<ClusterNode> to) {
    ClusterNode node = from.remove(random.nextInt(from.size()));
    to.add(node);
    return node;
  }

  /** Wakes who sleeps and starts who is dead. */
  void end() throws Exception {
    while (!asleep.isEmpty()) {
      wake(asleep.get(0));
    }
    while (!dead.isEmpty()) {
      start();
    }
  }

  /** Returns what each node told, and what the threads of those that are awake do. */
  String whatNodesDo() throws Exception {
    StringBuilder told = new StringBuilder();
    for (ClusterNode node : awake) {
      node.signal("QUIT");
      node.awaitOutput("Full thread dump");
      told.append(node.name()).append(" is awake:\n").append(node.output()).append('\n');
    }
    asleep.forEach(node -> told.append(node.name()).append(" sleeps:\n").append(node.output()));
    dead.forEach(node -> told.append(node.name()).append(" is dead:\n").append(node.output()));
    return told.toString();
  }

  private interface Act {
    String carryOut() throws Exception;
  }
}
