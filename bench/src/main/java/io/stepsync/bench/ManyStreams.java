package io.stepsync.bench;

import io.stepsync.bench.api.ApiProcess;
import io.stepsync.bench.database.BenchDatabase;
import io.stepsync.bench.soak.SoakedProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets the distribution run a thousand small streams, and tells whether each is on time. */
@Command(
    name = "bench/many",
    description = {
      "Runs many streams of 100 IDs every 30 s on PostgreSQL, in one process: tells how long the start takes,",
      "whether each stream is on time, and what memory, page and metrics are like."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ManyStreams implements Callable<Integer> {

  private static final String SCHEDULE = "0/30 * * * * ?";
  private static final Duration ROUND = Duration.ofSeconds(30);
  private static final int LOOKS = 20;

  @Option(names = "--streams", description = "The streams.")
  private int streams = 1000;

  @Option(names = "--rounds", description = "How many times each is due.")
  private int rounds = 8;

  @Option(names = "--heap", description = "The most heap of the process, in MiB.")
  private int heap = 256;

  @Option(names = "--home", description = "The unpacked distribution that runs.")
  private Path home = SoakedProcess.HOME;

  /** Carries out what {@code arguments} say, in the directory {@code bench}. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new ManyStreams()).execute(arguments));
  }

  private record Look(HttpResponse<String> answer, long millis) {
    static Look at(SoakedProcess process, String path) throws IOException, InterruptedException {
      long begun = System.nanoTime();
      HttpResponse<String> answer = process.get(path);
      return new Look(answer, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }
  }

  @Override
  public Integer call() throws Exception {
    Path files = Files.createDirectories(Path.of("target"));
    Path directory = Files.createTempDirectory(files, "run-").toAbsolutePath();
    try (ApiProcess api = ApiProcess.start(100, 0, 0);
        BenchDatabase server = BenchDatabase.start("postgresql", directory)) {
      long begun = System.nanoTime();
      try (SoakedProcess process =
          SoakedProcess.start(
              home,
              directory.resolve("stepsync"),
              api.url(),
              server.url(),
              server.user(),
              streams,
              heap,
              SCHEDULE)) {
        Look first = firstLook(process);
        System.out.printf(
            "%d streams: the page answers after %.1f s, its first look at them takes %d ms, %,d bytes%n",
            streams,
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) / 1000.0,
            first.millis(),
            first.answer().body().length());
        watch(process);
        tell(process);
      }
    }
    Directories.delete(directory);
    return CommandLine.ExitCode.OK;
  }

  private static Look firstLook(SoakedProcess process) throws Exception {
    while (true) {
      if (!process.isAlive()) {
        throw new IllegalStateException("it has ended: " + process.complaints());
      }
      try {
        Look look = Look.at(process, "/api/streams");
        if (look.answer().statusCode() == 200) {
          return look;
        }
      } catch (IOException e) {
        // it has not started yet
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private void watch(SoakedProcess process) throws Exception {
    List<Long> millis = new ArrayList<>();
    long most = 0;
    for (int look = 0; look < LOOKS; look++) {
      TimeUnit.MILLISECONDS.sleep(rounds * ROUND.toMillis() / LOOKS);
      millis.add(Look.at(process, "/api/streams").millis());
      most = Math.max(most, process.residentMebibytes());
    }
    millis.sort(null);
    Look metrics = Look.at(process, "/observe/metrics");
    System.out.printf(
        "later looks: median %d ms, longest %d ms; resident at most %d MiB; metrics %,d bytes in %d ms%n",
        millis.get(LOOKS / 2),
        millis.get(LOOKS - 1),
        most,
        metrics.answer().body().length(),
        metrics.millis());
  }

  private void tell(SoakedProcess process) throws Exception {
    Map<String, List<Instant>> starts = process.starts();
    long fewest = starts.values().stream().mapToInt(List::size).min().orElse(0);
    long most = starts.values().stream().mapToInt(List::size).max().orElse(0);
    System.out.printf(
        "%d streams ran, each %d to %d times; seconds between two runs of a stream, at most: %s%n",
        starts.size(), fewest, most, longestByRound(starts));
    List<String> complaints = process.complaints();
    System.out.printf("%d warnings and errors, late streams apart%n", complaints.size());
    complaints.stream().limit(10).forEach(System.out::println);
  }

  /** The first rounds make tables, and may take longer than there is time. */
  private static List<Long> longestByRound(Map<String, List<Instant>> starts) {
    List<Long> longest = new ArrayList<>();
    for (List<Instant> times : starts.values()) {
      for (int i = 1; i < times.size(); i++) {
        long seconds = Duration.between(times.get(i - 1), times.get(i)).toSeconds();
        if (longest.size() < i) {
          longest.add(seconds);
        } else {
          longest.set(i - 1, Math.max(longest.get(i - 1), seconds));
        }
      }
    }
    return longest;
  }
}
