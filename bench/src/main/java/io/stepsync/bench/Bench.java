package io.stepsync.bench;

import io.stepsync.bench.api.ApiProcess;
import io.stepsync.bench.database.BenchDatabase;
import io.stepsync.bench.report.Chart;
import io.stepsync.bench.report.Conditions;
import io.stepsync.bench.report.JsonReport;
import io.stepsync.bench.report.Results;
import io.stepsync.bench.report.TableReport;
import io.stepsync.bench.rival.Setup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the rivals side by side, and tells how fast each was. */
@Command(
    name = "bench/run",
    description = "Measures stepsync and its rivals on the same API and database.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class Bench implements Callable<Integer> {

  private static final Path TARGET = Path.of("target");

  @Mixin private Options options = new Options();

  /** Carries out what {@code arguments} say, in the directory {@code bench}. */
  public static void main(String... arguments) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path files = Files.createTempDirectory(Files.createDirectories(TARGET), "run-");
    try {
      measure(files);
    } finally {
      Directories.delete(files);
    }
    return CommandLine.ExitCode.OK;
  }

  private void measure(Path files) throws Exception {
    try (ApiProcess api = ApiProcess.start(options.rows, options.gapEvery, options.latencyMillis);
        BenchDatabase database = BenchDatabase.start(options.database, files.toAbsolutePath())) {
      Setup setup =
          new Setup(api.url(), options.rows, options.lastId(), options.step, database, files);
      Results results = new Rounds(options, setup).run();
      Conditions conditions =
          Conditions.of(setup, options.mode.name().toLowerCase(Locale.ROOT), options.latencyMillis);
      System.out.println(TableReport.of(conditions, results));
      Files.writeString(TARGET.resolve("bench-results.json"), JsonReport.of(conditions, results));
      Files.writeString(TARGET.resolve("bench-results.svg"), Chart.of(conditions, results));
    }
  }
}
