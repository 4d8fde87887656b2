package io.stepsync.bench.nodes;

import com.sun.management.OperatingSystemMXBean;
import io.stepsync.bench.database.Sql;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** Who has the machine's cores. The API is in this process. */
final class Cpu {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final List<Long> nodes;
  private final DataSource database;
  private final long started = System.nanoTime();
  private final double nodesBefore;
  private final double databaseBefore;
  private final double apiBefore;

  /** Looks from now on at nodes, by their process IDs, and the processes of a PostgreSQL. */
  Cpu(List<Long> nodes, DataSource database) throws SQLException {
    this.nodes = nodes;
    this.database = database;
    SYSTEM.getCpuLoad(); // the next is what was since this one
    nodesBefore = nanos(nodes);
    databaseBefore = nanos(servers());
    apiBefore = SYSTEM.getProcessCpuTime();
  }

  /** Returns how many cores were busy on the average, and for whom. */
  Shares since() throws SQLException {
    double nanos = System.nanoTime() - started;
    return new Shares(
        SYSTEM.getCpuLoad() * SYSTEM.getAvailableProcessors(),
        (nanos(nodes) - nodesBefore) / nanos,
        (nanos(servers()) - databaseBefore) / nanos,
        (SYSTEM.getProcessCpuTime() - apiBefore) / nanos);
  }

  private List<Long> servers() throws SQLException {
    return Sql.numbers(database, "SELECT pid FROM pg_stat_activity");
  }

  private static double nanos(List<Long> processes) {
    return processes.stream()
        .flatMap(process -> ProcessHandle.of(process).stream())
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .mapToDouble(Duration::toNanos)
        .sum();
  }

  /** Cores that were busy. */
  record Shares(double machine, double nodes, double database, double api) {

    @Override
    public String toString() {
      return String.format(
          "%.1f cores busy: nodes %.2f, database %.2f, API %.2f, others %.1f",
          machine, nodes, database, api, Math.max(0, machine - nodes - database - api));
    }
  }
}
