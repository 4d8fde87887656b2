package io.stepsync.bench.nodes;

import io.stepsync.bench.Directories;
import io.stepsync.bench.api.ApiProcess;
import io.stepsync.bench.database.BenchDatabase;
import io.stepsync.bench.report.Spread;
import io.stepsync.bench.rival.Rivals;
import io.stepsync.bench.rival.Setup;
import io.stepsync.bench.rival.Verifying;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Holds a verify against a first load, and a refresh beside syncs against one alone, in turn. */
@Command(
    name = "bench/proof",
    description = {
      "Measures how fast rows are verified beside how fast they were first loaded, and what a",
      "refresh that gives way to a sync each 5 s costs both."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class Proof implements Callable<Integer> {

  private static final Path TARGET = Path.of("target");

  @Option(
      names = "--database",
      description = "For the verify: hsqldb, postgresql, mariadb, mysql or sqlite.")
  private String database = "postgresql";

  @Option(names = "--rows", description = "The rows that are loaded and verified; 0 for none.")
  private int rows = 1_000_000;

  @Option(
      names = "--refreshed",
      description = "The rows that are refreshed, on PostgreSQL; 0 for none.")
  private int refreshed = 500_000;

  @Option(
      names = "--latency-ms",
      description = "How long each answer waits of the API that is refreshed from.")
  private long latencyMillis = 50;

  @Option(names = "--rounds", description = "The rounds that count.")
  private int rounds = 3;

  @Option(
      names = "--warm-ups",
      description = "The rounds of the verify before, which let Java compile.")
  private int warmUps = 1;

  /** Carries out what {@code arguments} say, in the directory {@code bench}. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new Proof()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path files = Files.createTempDirectory(Files.createDirectories(TARGET), "run-");
    try {
      if (rows > 0) {
        verify(files);
      }
      if (refreshed > 0) {
        refresh(files);
      }
    } finally {
      Directories.delete(files);
    }
    return CommandLine.ExitCode.OK;
  }

  private void verify(Path files) throws Exception {
    List<Double> ratios = new ArrayList<>();
    try (ApiProcess api = ApiProcess.start(rows, 0, 0);
        BenchDatabase server =
            BenchDatabase.start(database, files.resolve("verify").toAbsolutePath());
        Verifying stepsync =
            new Rivals(new Setup(api.url(), rows, rows, 1000, server, files)).stepsync()) {
      for (int i = 1 - warmUps; i <= rounds; i++) {
        stepsync.empty();
        double load = rows * 1e9 / stepsync.copy().toNanos();
        double verify = rows * 1e9 / stepsync.verify().toNanos();
        System.out.printf(
            "%s: first load %,.0f rows/s, verify %,.0f rows/s, %.2f of it%n",
            i < 1 ? "warm-up" : "round " + i, load, verify, verify / load);
        if (i >= 1) {
          ratios.add(verify / load);
        }
      }
    }
    Spread ratio = Spread.of(ratios);
    System.out.printf(
        "%s, %,d rows: a verify has %.2f (%.2f to %.2f) of the speed of a first load%n",
        database, rows, ratio.median(), ratio.min(), ratio.max());
  }

  private void refresh(Path files) throws Exception {
    List<Double> ratios = new ArrayList<>();
    List<Double> ages = new ArrayList<>();
    try (HeldApi api = new HeldApi(refreshed + 2000);
        BenchDatabase server =
            BenchDatabase.start("postgresql", files.resolve("refresh").toAbsolutePath())) {
      api.reveal(refreshed);
      api.open(latencyMillis);
      try (RefreshedStream stream =
          new RefreshedStream(api, refreshed, server, files.resolve("stream"))) {
        for (int i = 1; i <= rounds; i++) {
          RefreshedStream.Result alone = stream.alone();
          RefreshedStream.Result beside = stream.besideSyncs();
          ratios.add(beside.seconds() / alone.seconds());
          ages.add(beside.oldestSeconds());
          System.out.printf(
              "round %d: refresh alone %.1f s, beside %d syncs %.1f s, %.2f times; new rows after"
                  + " %.1f s at most%n",
              i,
              alone.seconds(),
              beside.syncs(),
              beside.seconds(),
              beside.seconds() / alone.seconds(),
              beside.oldestSeconds());
        }
      }
    }
    Spread ratio = Spread.of(ratios);
    System.out.printf(
        "%,d rows, %d ms an answer, a sync each 5 s: a refresh takes %.2f (%.2f to %.2f) times as"
            + " long as alone, new rows are in the table after %.1f s at most%n",
        refreshed, latencyMillis, ratio.median(), ratio.min(), ratio.max(), Spread.of(ages).max());
  }
}
