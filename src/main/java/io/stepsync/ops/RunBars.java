package io.stepsync.ops;

import io.stepsync.camel.Counters;
import io.stepsync.camel.Run;
import io.stepsync.camel.RunWatch;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.camel.CamelContext;

/**
 * A progress bar for each run that a verb makes, one behind the other, in a terminal: the IDs that
 * were asked, of those that are known. Used by one thread.
 */
final class RunBars implements RunWatch, AutoCloseable {

  private static final String NAME = "stepsyncRunBars";
  private static final int MOST_MILLIS = 200;

  private final CamelContext context;
  private final BarLine line = new BarLine();
  private long begun = System.nanoTime();
  private Run watched;
  private ProgressBar bar;

  private RunBars(CamelContext context) {
    this.context = context;
    context.getRegistry().bind(NAME, RunWatch.class, this);
  }

  /**
   * Watches the runs of a context until it is closed; where nobody looks, the log tells of them.
   */
  static AutoCloseable watch(CamelContext context) {
    return Terminal.isWatched() ? new RunBars(context) : () -> {};
  }

  @Override
  public void windowDone(Run run) {
    Counters done = run.getCounters();
    if (run != watched) {
      end();
      watched = run;
      bar = bar(run, done.firstId());
    }
    double seconds = Math.max(0.001, (System.nanoTime() - begun) / 1e9);
    bar.setExtraMessage(
        String.format(
            Locale.ROOT, " %d records, %.0f rows/s", done.records(), done.records() / seconds));
    bar.stepTo(done.lastId());
    if (!run.isGoing()) {
      end();
    }
  }

  private ProgressBar bar(Run run, long firstId) {
    boolean open = run.getMaxId() == Long.MAX_VALUE;
    return new ProgressBarBuilder()
        .setTaskName(run.getStream())
        .setInitialMax(open ? -1 : run.getMaxId())
        .startsFrom(Math.max(0, firstId - 1), Duration.ZERO)
        .setUnit(" IDs", 1)
        .setStyle(Terminal.isUnicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(MOST_MILLIS)
        .clearDisplayOnFinish()
        .setConsumer(line)
        .build();
  }

  private void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    begun = System.nanoTime();
  }

  @Override
  public void close() {
    end();
    context.getRegistry().unbind(NAME);
    line.close();
  }
}
