package io.stepsync.bench.nodes;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/** Who had the machine's cores since the last look. */
final class Cpu {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final List<Node> nodes;
  private long started;
  private Duration nodesBefore = Duration.ZERO;
  private long apiBefore;

  Cpu(List<Node> nodes) {
    this.nodes = nodes;
  }

  void start() {
    SYSTEM.getCpuLoad(); // the next one is what was since
    nodesBefore = ofNodes();
    apiBefore = SYSTEM.getProcessCpuTime();
    started = System.nanoTime();
  }

  /** Returns the cores that were busy on the average. */
  Shares since() {
    double nanos = System.nanoTime() - started;
    int cores = SYSTEM.getAvailableProcessors();
    return new Shares(
        SYSTEM.getCpuLoad() * cores,
        ofNodes().minus(nodesBefore).toNanos() / nanos,
        (SYSTEM.getProcessCpuTime() - apiBefore) / nanos);
  }

  private Duration ofNodes() {
    return nodes.stream().map(Node::cpu).reduce(Duration.ZERO, Duration::plus);
  }

  /** What is not the nodes' or the API's is the database's, or of others on the machine. */
  record Shares(double machine, double nodes, double api) {

    @Override
    public String toString() {
      return String.format(
          "%.1f cores busy: nodes %.1f, API %.1f, database and others %.1f",
          machine, nodes, api, Math.max(0, machine - nodes - api));
    }
  }
}
