package io.stepsync.bench.nodes;

import io.stepsync.bench.Directories;
import io.stepsync.bench.database.BenchDatabase;
import io.stepsync.bench.report.Spread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets one node and several copy the same stream in turn, and tells how much faster those are. */
@Command(
    name = "bench/nodes",
    description = "Measures how much faster several nodes copy a stream than one, on PostgreSQL.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class Nodes implements Callable<Integer> {

  private static final Path TARGET = Path.of("target");

  @Option(names = "--nodes", description = "The nodes that one is held against.")
  int nodes = 3;

  @Option(names = "--threads", description = "So many lanes run on a node at once.")
  int threads = 3;

  @Option(names = "--lanes", description = "The lanes of the stream.")
  int lanes = 8;

  @Option(names = "--records", description = "The records of the API, at most 7 million.")
  int records = 1_000_000;

  @Option(names = "--step", description = "The IDs in a window.")
  int step = 200;

  @Option(names = "--fetch-ahead", description = "The stream's fetchAhead.")
  int fetchAhead = 0;

  @Option(names = "--latency-ms", description = "How long each answer of the API waits.")
  long latencyMillis = 50;

  @Option(names = "--rounds", description = "The rounds, of one node and of several each.")
  int rounds = 2;

  /** Carries out what {@code arguments} say, in the directory {@code bench}. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new Nodes()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path files = Files.createTempDirectory(Files.createDirectories(TARGET), "run-");
    try (HeldApi api = new HeldApi(records);
        BenchDatabase server = BenchDatabase.start("postgresql", files.toAbsolutePath())) {
      System.out.printf(
          "%,d records, %d lanes, windows of %,d, fetchAhead %d, %d threads a node, %d ms an answer%n",
          records, lanes, step, fetchAhead, threads, latencyMillis);
      measure(api, server, files);
    } finally {
      Directories.delete(files);
    }
    return CommandLine.ExitCode.OK;
  }

  private void measure(HeldApi api, BenchDatabase server, Path files) throws Exception {
    List<Double> ratios = new ArrayList<>();
    for (int i = 1; i <= rounds; i++) {
      double one = seconds(api, server, files.resolve("round" + i + "_1"), 1);
      double several = seconds(api, server, files.resolve("round" + i + "_" + nodes), nodes);
      ratios.add(one / several);
    }
    Spread ratio = Spread.of(ratios);
    System.out.printf(
        "%d nodes are %.2f (%.2f to %.2f) times as fast as one%n",
        nodes, ratio.median(), ratio.min(), ratio.max());
  }

  private double seconds(HeldApi api, BenchDatabase server, Path directory, int count)
      throws Exception {
    try (Round round = new Round(this, api, server, directory, count)) {
      Round.Result result = round.run();
      System.out.printf(
          "%d node%s %5.1f s, %,7.0f rows/s, %,d requests, %s%n",
          count,
          count == 1 ? ": " : "s:",
          result.seconds(),
          records / result.seconds(),
          result.requests(),
          result.cpu());
      return result.seconds();
    }
  }
}
