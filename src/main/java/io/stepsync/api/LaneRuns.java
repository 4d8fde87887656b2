package io.stepsync.api;

import io.stepsync.run.Counters;
import io.stepsync.run.Run;
import io.stepsync.steps.ExchangeVariables;
import io.stepsync.steps.RouteCall;
import io.stepsync.steps.firing.LaneStarter;
import io.stepsync.store.RunKind;
import io.stepsync.store.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a stream once, all its lanes side by side, where no trigger does. Used by one thread, which
 * runs the lowest lane.
 */
public final class LaneRuns implements LaneStarter {

  private static final Logger LOG = LoggerFactory.getLogger("io.stepsync.run");

  private final CamelContext context;
  private final RunKind kind;
  private final Map<String, Object> variables;
  private final List<Future<Run>> others = new ArrayList<>();
  private final long begun = System.nanoTime();
  private ExecutorService threads;

  private LaneRuns(CamelContext context, RunKind kind, Map<String, Object> variables) {
    this.context = context;
    this.variables = Map.copyOf(variables);
    this.kind = kind;
  }

  /**
   * Returns the runs of the lanes, the lowest first, once all have ended.
   *
   * @throws io.stepsync.run.StreamMemory.BusyException if another run of the stream goes on
   */
  public static List<Run> of(CamelContext context, String stream, RunKind kind) throws Exception {
    return of(context, stream, kind, Map.of());
  }

  /**
   * As {@link #of(CamelContext, String, RunKind)}.
   *
   * @param reason the text in the reason of those dead letters that are gone over; the empty text
   *     for all
   */
  public static List<Run> of(CamelContext context, String stream, RunKind kind, String reason)
      throws Exception {
    return of(context, stream, kind, Map.of("reason", reason));
  }

  /** As the other, with these exchange variables for each lane. */
  public static List<Run> of(
      CamelContext context, String stream, RunKind kind, Map<String, Object> variables)
      throws Exception {
    return new LaneRuns(context, kind, variables).run(stream);
  }

  private List<Run> run(String stream) throws Exception {
    List<Run> runs = new ArrayList<>();
    try {
      runs.add(run(stream, 0));
      for (Future<Run> other : others) {
        runs.add(other.get());
      }
      tell(runs);
      return runs;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      if (threads != null) {
        threads.shutdown();
      }
    }
  }

  /** As many at a time as the stream has lanes by its settings. */
  @Override
  public void start(Run lowest, int lanes) {
    if (lanes == 1) {
      return;
    }
    threads = Executors.newFixedThreadPool(Math.max(1, lowest.getSettings().lanes() - 1));
    for (int lane = 1; lane < lanes; lane++) {
      int number = lane;
      others.add(threads.submit(() -> run(lowest.getStream(), number)));
    }
  }

  private Run run(String stream, int lane) throws Exception {
    Exchange exchange = RouteCall.exchange(context);
    exchange.setVariable("stream", stream);
    exchange.setVariable("kind", kind.text());
    exchange.setVariable("lane", lane);
    exchange.setVariable("reason", "");
    variables.forEach(exchange::setVariable);
    exchange.setVariable(ExchangeVariables.LANE_STARTER, lane == 0 ? this : null);
    return RouteCall.run(exchange);
  }

  /** What they did together, after what each tells of itself; one run has told already. */
  private void tell(List<Run> runs) {
    if (runs.size() > 1) {
      String stream = runs.get(0).getStream();
      LOG.atInfo().addKeyValue("stream", stream).log("{}: {}", stream, text(runs));
    }
  }

  private String text(List<Run> runs) {
    return "%d of %d lanes caught up, %s"
        .formatted(
            runs.stream().filter(LaneRuns::isCaughtUp).count(),
            runs.size(),
            runs.stream()
                .map(Run::getCounters)
                .reduce(Counters::and)
                .orElseThrow()
                .told(Duration.ofNanos(System.nanoTime() - begun)));
  }

  public static boolean isCaughtUp(Run run) {
    return run.getStatus() == RunStatus.CAUGHT_UP;
  }
}
