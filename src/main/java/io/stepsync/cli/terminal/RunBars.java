package io.stepsync.cli.terminal;

import io.stepsync.run.Run;
import io.stepsync.run.RunWatch;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.camel.CamelContext;

/**
 * A progress bar for each stream that a verb runs, one behind the other, in a terminal: the IDs
 * that were asked, of those that are known. Thread-safe: lanes of a stream run side by side, and
 * share their bar.
 */
public final class RunBars implements RunWatch, AutoCloseable {

  private static final String NAME = "stepsyncRunBars";
  private static final int MOST_MILLIS = 200;

  private final CamelContext context;
  private final BarLine line = new BarLine();
  private long begun = System.nanoTime();
  private LaneProgress progress = new LaneProgress();
  private ProgressBar bar;

  private RunBars(CamelContext context) {
    this.context = context;
    context.getRegistry().bind(NAME, RunWatch.class, this);
  }

  /**
   * Watches the runs of a context until it is closed; where nobody looks, the log tells of them.
   */
  public static AutoCloseable watch(CamelContext context) {
    return Terminal.isWatched() ? new RunBars(context) : () -> {};
  }

  @Override
  public synchronized void windowDone(Run run) {
    if (!progress.isOf(run)) {
      end();
    }
    progress.windowDone(run);
    if (bar == null) {
      bar = bar(run.getStream());
    }
    long records = progress.records();
    double seconds = Math.max(0.001, (System.nanoTime() - begun) / 1e9);
    bar.setExtraMessage(
        String.format(Locale.ROOT, " %d records, %.0f rows/s", records, records / seconds));
    bar.maxHint(progress.last());
    bar.stepTo(progress.position());
    if (progress.isAtEnd()) {
      end();
    }
  }

  private ProgressBar bar(String stream) {
    return new ProgressBarBuilder()
        .setTaskName(stream)
        .setInitialMax(progress.last())
        .startsFrom(progress.start(), Duration.ZERO)
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
    progress = new LaneProgress();
    begun = System.nanoTime();
  }

  @Override
  public synchronized void close() {
    end();
    context.getRegistry().unbind(NAME);
    line.close();
  }
}
