package io.stepsync.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.sun.management.OperatingSystemMXBean;
import io.stepsync.bench.api.ApiProcess;
import io.stepsync.bench.api.StepClient;
import io.stepsync.bench.database.BenchDatabase;
import io.stepsync.bench.report.Spread;
import io.stepsync.bench.rival.Rival;
import io.stepsync.bench.rival.Rivals;
import io.stepsync.bench.rival.Setup;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tells how much CPU time a record costs, from the bytes of an answer to a row that is ready to be
 * written, beside a parser that keeps nothing of the same bytes. API and database are processes of
 * their own, so all that this one uses is stepsync's.
 */
@Command(
    name = "bench/record",
    description = "Tells how many microseconds of CPU time a record costs.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class RecordCost implements Callable<Integer> {

  private static final Path TARGET = Path.of("target");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  @Option(names = "--database", description = "postgresql or mariadb.")
  private String database = "postgresql";

  @Option(names = "--rows", description = "The records of the API.")
  private long rows = 1_000_000;

  @Option(names = "--step", description = "The IDs in a window.")
  private int step = 1000;

  @Option(names = "--rounds", description = "The rounds that count.")
  private int rounds = 5;

  @Option(names = "--warm-ups", description = "The rounds before, which let Java compile.")
  private int warmUps = 2;

  private final Map<String, List<Double>> costs = new LinkedHashMap<>();

  /** Carries out what {@code arguments} say, in the directory {@code bench}. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new RecordCost()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path files = Files.createTempDirectory(Files.createDirectories(TARGET), "run-");
    try (ApiProcess api = ApiProcess.start(rows, 0, 0);
        BenchDatabase server = BenchDatabase.start(database, files.toAbsolutePath())) {
      measure(new Setup(api.url(), rows, rows, step, server, files));
    } finally {
      Directories.delete(files);
    }
    return CommandLine.ExitCode.OK;
  }

  private void measure(Setup setup) throws Exception {
    Rivals rivals = new Rivals(setup);
    List<byte[]> answers = answers(setup);
    try (Rival thrownAway = rivals.open("stepsync-thrown-away");
        Rival written = rivals.open("stepsync")) {
      for (int round = 1; round <= warmUps + rounds; round++) {
        if (round <= warmUps + 1) {
          costs.clear();
        }
        cost("a bare parse", () -> parse(answers));
        thrownAway.empty();
        cost("ready to be written", thrownAway::copy);
        written.empty();
        cost("written", written::copy);
      }
      if (written.count() != rows) {
        throw new IllegalStateException("there are " + written.count() + " rows, not " + rows);
      }
    }
    System.out.println("µs of CPU time a record, median (min to max):");
    costs.forEach((what, each) -> System.out.println(line(what, Spread.of(each))));
  }

  private static String line(String what, Spread cost) {
    return String.format("%-40s %5.2f (%.2f to %.2f)", what, cost.median(), cost.min(), cost.max());
  }

  /** Without fetchAhead one thread does all, and the others are of the JVM. */
  private void cost(String what, Rival.Work work) throws Exception {
    System.gc();
    long thread = THREADS.getCurrentThreadCpuTime();
    long process = PROCESS.getProcessCpuTime();
    work.run();
    add(what + ", in this thread", THREADS.getCurrentThreadCpuTime() - thread);
    add(what + ", in the whole JVM", PROCESS.getProcessCpuTime() - process);
  }

  private void add(String what, long nanos) {
    costs.computeIfAbsent(what, unknown -> new ArrayList<>()).add(nanos / 1000.0 / rows);
  }

  private static List<byte[]> answers(Setup setup) throws IOException, InterruptedException {
    StepClient client = new StepClient(setup.api());
    List<byte[]> answers = new ArrayList<>();
    for (long first = 1; first <= setup.lastId(); first += setup.step()) {
      answers.add(client.bytes(first, first + setup.step() - 1));
    }
    return answers;
  }

  private static void parse(List<byte[]> answers) throws IOException {
    JsonFactory json = new JsonFactory();
    for (byte[] answer : answers) {
      try (JsonParser parser = json.createParser(answer)) {
        while (parser.nextToken() != null) {
          // it has looked at all bytes
        }
      }
    }
  }
}
