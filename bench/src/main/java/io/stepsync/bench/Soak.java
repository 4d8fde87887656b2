package io.stepsync.bench;

import io.stepsync.bench.api.ApiProcess;
import io.stepsync.bench.database.BenchDatabase;
import io.stepsync.bench.soak.Look;
import io.stepsync.bench.soak.SoakedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets the runnable jar run many streams each second, and tells what it holds as time goes on. */
@Command(
    name = "bench/soak",
    description = {
      "Runs many streams each second for a while, and tells each minute what the process holds.",
      "Exits with 1 if something grew: the most of the last third is held against that before."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class Soak implements Callable<Integer> {

  private static final Path TARGET = Path.of("target");

  /** What varies by no more than this share is flat. */
  private static final double MOST_GROWTH = 0.1;

  @Option(names = "--database", description = "hsqldb or postgresql.")
  private String database = "hsqldb";

  @Option(names = "--streams", description = "The streams, each due once a second.")
  private int streams = 50;

  @Option(names = "--minutes", description = "How long.")
  private int minutes = 15;

  @Option(names = "--heap", description = "The most heap of the process, in MiB.")
  private int heap = 256;

  @Option(names = "--grow-per-second", description = "The records that come each second.")
  private double growPerSecond = 1;

  /** Carries out what {@code arguments} say, in the directory {@code bench}. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new Soak()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path files = Files.createTempDirectory(Files.createDirectories(TARGET), "run-");
    boolean flat;
    if (database.equals("hsqldb")) {
      try (ApiProcess api = ApiProcess.start(1000, 10, 0, growPerSecond);
          SoakedProcess process = start(files, api, "jdbc:hsqldb:file:data/soak", "SA")) {
        flat = soak(process);
      }
    } else {
      try (ApiProcess api = ApiProcess.start(1000, 10, 0, growPerSecond);
          BenchDatabase server = BenchDatabase.start(database, files.toAbsolutePath());
          SoakedProcess process = start(files, api, server.url(), server.user())) {
        flat = soak(process);
      }
    }
    Directories.delete(files);
    return flat ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private SoakedProcess start(Path files, ApiProcess api, String url, String user)
      throws Exception {
    return SoakedProcess.start(
        SoakedProcess.HOME,
        files.resolve("stepsync").toAbsolutePath(),
        api.url(),
        url,
        user,
        streams,
        heap,
        "* * * * * ?");
  }

  private boolean soak(SoakedProcess process) throws Exception {
    System.out.printf(
        "%d streams, each due once a second, on %s, with %d MiB of heap%n",
        streams, database, heap);
    System.out.println(Look.HEAD);
    List<Look> looks = new ArrayList<>();
    long begun = System.nanoTime();
    for (int minute = 1; minute <= minutes; minute++) {
      long due = begun + TimeUnit.MINUTES.toNanos(minute);
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      Look look = process.look(minute);
      look.print(looks.isEmpty() ? null : looks.get(looks.size() - 1));
      looks.add(look);
    }
    List<String> complaints = process.complaints();
    System.out.printf("%d warnings and errors, late streams apart%n", complaints.size());
    complaints.stream().limit(20).forEach(System.out::println);
    return isFlat(looks);
  }

  private static boolean isFlat(List<Look> looks) {
    int third = looks.size() / 3;
    if (third == 0) {
      System.out.println("too short to tell whether anything grew");
      return true;
    }
    List<Look> before = looks.subList(1, looks.size() - third);
    List<Look> after = looks.subList(looks.size() - third, looks.size());
    boolean flat = true;
    for (Map.Entry<String, ToLongFunction<Look>> held : held().entrySet()) {
      long one = before.stream().mapToLong(held.getValue()).max().orElseThrow();
      long other = after.stream().mapToLong(held.getValue()).max().orElseThrow();
      boolean grew = other > one * (1 + MOST_GROWTH) + 1;
      flat &= !grew;
      System.out.printf(
          "%-10s at most %,d, then %,d: %s%n", held.getKey(), one, other, grew ? "GREW" : "flat");
    }
    return flat;
  }

  private static Map<String, ToLongFunction<Look>> held() {
    Map<String, ToLongFunction<Look>> held = new LinkedHashMap<>();
    held.put("heap, MiB", Look::heapMebibytes);
    held.put("threads", Look::threads);
    held.put("open files", Look::handles);
    held.put("own rows", Look::ownRows);
    return held;
  }
}
