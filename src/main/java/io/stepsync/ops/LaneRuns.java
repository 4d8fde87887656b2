package io.stepsync.ops;

import io.stepsync.camel.LaneStarter;
import io.stepsync.camel.RouteCall;
import io.stepsync.camel.Run;
import io.stepsync.camel.RunKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/**
 * Runs a stream once, all its lanes side by side, where no trigger does. Used by one thread, which
 * runs the lowest lane.
 */
final class LaneRuns implements LaneStarter {

  private static final String NAME = "stepsyncLaneRuns";

  private final CamelContext context;
  private final RunKind kind;
  private final List<Future<Run>> others = new ArrayList<>();
  private ExecutorService threads;

  private LaneRuns(CamelContext context, RunKind kind) {
    this.context = context;
    this.kind = kind;
  }

  /** Returns the runs of the lanes, the lowest first, once all have ended. */
  static List<Run> of(CamelContext context, String stream, RunKind kind) throws Exception {
    LaneRuns lanes = new LaneRuns(context, kind);
    context.getRegistry().bind(NAME, LaneStarter.class, lanes);
    try {
      return lanes.run(stream);
    } finally {
      context.getRegistry().unbind(NAME);
    }
  }

  private List<Run> run(String stream) throws Exception {
    List<Run> runs = new ArrayList<>();
    LaneSummary summary = new LaneSummary();
    try {
      runs.add(run(stream, 0));
      for (Future<Run> other : others) {
        runs.add(other.get());
      }
      summary.log(runs);
      return runs;
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
    RouteCall.send("direct:stepsync-run", exchange);
    return exchange.getVariable("run", Run.class);
  }
}
