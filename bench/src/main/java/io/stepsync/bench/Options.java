package io.stepsync.bench;

import io.stepsync.bench.rival.Rivals;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is measured. */
final class Options {

  /** Whether the rows are new, or already there and the same. */
  enum Mode {
    INSERT,
    REPLAY
  }

  @Option(names = "--database", description = "hsqldb, postgresql, mariadb, mysql or sqlite.")
  String database = "hsqldb";

  @Option(names = "--rows", description = "The records of the API.")
  long rows = 100_000;

  @Option(names = "--gap-every", description = "Each n-th ID is unused; 0 for none.")
  int gapEvery = 0;

  @Option(names = "--step", description = "The IDs in a window.")
  int step = 1000;

  @Option(names = "--rounds", description = "The measured rounds.")
  int rounds = 5;

  @Option(names = "--warm-ups", description = "The rounds before them, which are not measured.")
  int warmUps = 3;

  @Option(names = "--reference", description = "The rival that the others are held against.")
  String reference = "stepsync";

  @Option(names = "--mode", description = "insert into empty tables, or replay what is there.")
  Mode mode = Mode.INSERT;

  @Option(names = "--rivals", split = ",", description = "Who runs, in this order.")
  List<String> rivals = new ArrayList<>(Rivals.DEFAULT);

  @Option(names = "--latency-ms", description = "How long each answer of the API waits.")
  long latencyMillis = 0;

  /** Returns the highest ID of the API. */
  long lastId() {
    return gapEvery == 0 ? rows : rows + (rows - 1) / (gapEvery - 1);
  }
}
