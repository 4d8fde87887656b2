package io.stepsync.ops;

import io.stepsync.camel.Counters;
import io.stepsync.camel.Run;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what the runs of a stream's lanes have done together, behind what each tells of itself. */
final class LaneSummary {

  private static final Logger LOG = LoggerFactory.getLogger("io.stepsync.run");

  private final long begun = System.nanoTime();

  /** One run has told already. */
  void log(List<Run> runs) {
    if (runs.size() > 1) {
      String stream = runs.get(0).getStream();
      LOG.atInfo().addKeyValue("stream", stream).log("{}: {}", stream, text(runs));
    }
  }

  private String text(List<Run> runs) {
    double seconds = Math.max(0.001, (System.nanoTime() - begun) / 1e9);
    long records = sum(runs, Counters::records);
    return String.format(
        Locale.ROOT,
        "%d of %d lanes caught up, %d windows, %d records, %d upserted, %d unchanged, %d deleted,"
            + " %d dead letters, %.0f rows/s in %.1f s",
        runs.stream().filter(Stepsync::isCaughtUp).count(),
        runs.size(),
        sum(runs, Counters::windows),
        records,
        sum(runs, Counters::upserted),
        sum(runs, Counters::unchanged),
        sum(runs, Counters::deleted),
        sum(runs, Counters::deadLetters),
        records / seconds,
        seconds);
  }

  private static long sum(List<Run> runs, ToLongFunction<Counters> part) {
    return runs.stream().map(Run::getCounters).mapToLong(part).sum();
  }
}
