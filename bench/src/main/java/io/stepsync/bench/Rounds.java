package io.stepsync.bench;

import io.stepsync.bench.report.Results;
import io.stepsync.bench.rival.Rival;
import io.stepsync.bench.rival.Rivals;
import io.stepsync.bench.rival.Setup;
import io.stepsync.bench.rival.Skipped;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lets all rivals run in turn, round after round, each time another one first. */
final class Rounds {

  private final Options options;
  private final Setup setup;
  private final Map<String, Rival> rivals = new LinkedHashMap<>();
  private final Results results;

  Rounds(Options options, Setup setup) {
    this.options = options;
    this.setup = setup;
    this.results = new Results(options.reference);
  }

  Results run() throws Exception {
    try {
      open();
      if (options.mode == Options.Mode.REPLAY) {
        round("fill", 0, false, false);
      }
      for (int i = 1; i <= options.warmUps; i++) {
        round("warm-up " + i + " of " + options.warmUps, i, isReplay(), false);
      }
      for (int i = 1; i <= options.rounds; i++) {
        round("round " + i + " of " + options.rounds, i, isReplay(), true);
      }
      return results;
    } finally {
      for (Rival rival : rivals.values()) {
        rival.close();
      }
    }
  }

  private boolean isReplay() {
    return options.mode == Options.Mode.REPLAY;
  }

  private void open() throws Exception {
    Rivals all = new Rivals(setup);
    for (String name : options.rivals) {
      try {
        rivals.put(name, all.open(name));
      } catch (Skipped e) {
        results.skipped(name, e.getMessage());
        System.out.println(name + " is skipped: " + e.getMessage());
      }
    }
  }

  private void round(String title, int rotation, boolean replay, boolean counts) throws Exception {
    List<String> order = new ArrayList<>(rivals.keySet());
    Collections.rotate(order, -rotation);
    for (String name : order) {
      double rate = setup.rows() * 1e9 / measure(name, replay).toNanos();
      System.out.printf("%s: %s %,.0f rows/s%n", title, name, rate);
      if (counts) {
        results.add(name, rate);
      }
    }
  }

  private Duration measure(String name, boolean replay) throws Exception {
    Rival rival = rivals.get(name);
    if (replay) {
      rival.rewind();
    } else {
      rival.empty();
    }
    settle();
    Duration time = rival.copy();
    long count = rival.count();
    if (count != setup.rows()) {
      throw new IllegalStateException(name + " has " + count + " rows, not " + setup.rows());
    }
    if (!isReplay()) {
      rival.empty();
    }
    return time;
  }

  /** What one has left behind must not slow the next. */
  private void settle() throws Exception {
    try (Connection connection =
        java.sql.DriverManager.getConnection(setup.database().url(), setup.database().user(), "")) {
      setup.database().settle(connection);
    }
    System.gc();
  }
}
