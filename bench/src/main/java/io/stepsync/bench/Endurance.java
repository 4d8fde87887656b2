package io.stepsync.bench;

import io.stepsync.bench.api.ApiProcess;
import io.stepsync.bench.database.BenchDatabase;
import io.stepsync.bench.database.Sql;
import io.stepsync.bench.rival.Rival;
import io.stepsync.bench.rival.Rivals;
import io.stepsync.bench.rival.Setup;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets stepsync copy many rows once, and tells how fast each million was and what was held. */
@Command(
    name = "bench/endurance",
    description = "Lets stepsync copy many rows, and tells how fast each million of them was.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class Endurance implements Callable<Integer> {

  private static final Path TARGET = Path.of("target");

  @Option(names = "--database", description = "hsqldb, postgresql, mariadb, mysql or sqlite.")
  private String database = "hsqldb";

  @Option(names = "--rows", description = "The records of the API.")
  private long rows = 10_000_000;

  @Option(names = "--step", description = "The IDs in a window.")
  private int step = 1000;

  @Option(names = "--part", description = "The rows of a line.")
  private long part = 1_000_000;

  private final List<Double> rates = new ArrayList<>();
  private long partStarted;

  /** Carries out what {@code arguments} say, in the directory {@code bench}. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new Endurance()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path files = Files.createTempDirectory(Files.createDirectories(TARGET), "run-");
    try (ApiProcess api = ApiProcess.start(rows, 0, 0);
        BenchDatabase server = BenchDatabase.start(database, files.toAbsolutePath())) {
      copy(new Setup(api.url(), rows, rows, step, server, files), server);
    } finally {
      Directories.delete(files);
    }
    return CommandLine.ExitCode.OK;
  }

  private void copy(Setup setup, BenchDatabase server) throws Exception {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try (Rival stepsync = new Rivals(setup).open("stepsync");
        var pool = server.pool(server.url())) {
      partStarted = System.nanoTime();
      clock.scheduleAtFixedRate(() -> look(pool), 100, 100, TimeUnit.MILLISECONDS);
      stepsync.copy();
      clock.shutdown();
      clock.awaitTermination(1, TimeUnit.MINUTES);
      if (rates.size() < rows / part) {
        partDone();
      }
      long count = stepsync.count();
      System.out.printf(
          "%,d of %,d rows; the last part was %.2f times as fast as the first%n",
          count, rows, rates.get(rates.size() - 1) / rates.get(0));
      if (count != rows) {
        throw new IllegalStateException("there are " + count + " rows, not " + rows);
      }
    } finally {
      clock.shutdownNow();
    }
  }

  /** The checkpoint is what others see of a run. */
  private void look(javax.sql.DataSource pool) {
    try {
      long next = Sql.number(pool, "SELECT COALESCE(MAX(current_id), 1) FROM stepsync_state");
      if (next > (rates.size() + 1) * part) {
        partDone();
      }
    } catch (java.sql.SQLException e) {
      System.err.println("the checkpoint cannot be seen: " + e.getMessage());
    }
  }

  private void partDone() {
    long now = System.nanoTime();
    rates.add(part * 1e9 / (now - partStarted));
    partStarted = now;
    System.out.printf(
        "%,12d rows: %,8.0f rows/s, %3d MiB held after the last collection of garbage%n",
        rates.size() * part, rates.get(rates.size() - 1), heldMebibytes());
  }

  private static long heldMebibytes() {
    long bytes =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getCollectionUsage() != null)
            .filter(MemoryPoolMXBean::isCollectionUsageThresholdSupported)
            .mapToLong(pool -> pool.getCollectionUsage().getUsed())
            .sum();
    return bytes >> 20;
  }
}
