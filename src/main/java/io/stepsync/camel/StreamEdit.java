package io.stepsync.camel;

import io.stepsync.run.StreamMemory;
import io.stepsync.steps.firing.Firings;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While one is open, the settings and triggers of some streams may be replaced. Their runs under
 * way end after the current window, and no trigger starts another. Of what was remembered of them,
 * access tokens and failures, only the pace of their requests is kept.
 *
 * <p>Used by one thread; the runs are others'.
 */
public final class StreamEdit implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamEdit.class);

  private static final String NAME = "stepsyncEdit";
  private static final long MILLIS_BETWEEN_LOOKS = 50;

  private final CamelContext context;
  private final List<String> streams;

  /** Begins to edit these streams, by their names. */
  public StreamEdit(CamelContext context, Collection<String> streams) {
    this.context = context;
    this.streams = List.copyOf(streams);
    context.getRegistry().bind(NAME, this);
    this.streams.forEach(stream -> StreamMemory.of(context, stream).close());
  }

  /**
   * Waits until the runs that these triggers began have ended; without a limit, as the API may take
   * its time for a window.
   *
   * @param triggers route IDs
   * @throws InterruptedException if the context is being stopped meanwhile
   */
  public void awaitRuns(Collection<String> triggers) throws InterruptedException {
    if (isAnyRunning(triggers)) {
      LOG.info("{}: the run under way ends after its window", String.join(", ", streams));
    }
    while (isAnyRunning(triggers) || Firings.isAnyOf(streams, context)) {
      if (context.isStopping()) {
        throw new InterruptedException("stepsync is being stopped");
      }
      TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
    }
  }

  /** Tells whether streams of a context are being edited, and so may lack their triggers. */
  static boolean isOpenIn(CamelContext context) {
    return context.getRegistry().lookupByName(NAME) != null;
  }

  private boolean isAnyRunning(Collection<String> triggers) {
    return streams.stream().anyMatch(stream -> StreamMemory.of(context, stream).isRunning())
        || triggers.stream().anyMatch(trigger -> context.getInflightRepository().size(trigger) > 0);
  }

  /** The triggers start runs again. */
  @Override
  public void close() {
    context.getRegistry().unbind(NAME);
    streams.forEach(stream -> StreamMemory.renew(context, stream));
  }
}
