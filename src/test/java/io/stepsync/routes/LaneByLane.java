package io.stepsync.routes;

import io.stepsync.run.Run;
import io.stepsync.steps.RouteCall;
import io.stepsync.steps.firing.LaneStarter;
import io.stepsync.store.RunKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/**
 * Runs the lanes of a stream in the thread of the caller, in any order: some once the lowest has
 * begun, the others behind it. So the same random numbers give the same statements, in the same
 * order.
 */
final class LaneByLane implements LaneStarter {

  private final CamelContext context;
  private final String stream;
  private final RunKind kind;
  private final Random random;
  private final List<Integer> behind = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();

  private LaneByLane(CamelContext context, String stream, RunKind kind, Random random) {
    this.context = context;
    this.stream = stream;
    this.kind = kind;
    this.random = random;
  }

  /** Returns the runs of the lanes, once all have ended. */
  static List<Run> of(CamelContext context, String stream, RunKind kind, Random random) {
    LaneByLane lanes = new LaneByLane(context, stream, kind, random);
    lanes.runs.add(run(context, stream, kind, 0, lanes));
    lanes.behind.forEach(lanes::run);
    return lanes.runs;
  }

  @Override
  public void start(Run lowest, int lanes) {
    List<Integer> others = new ArrayList<>(IntStream.range(1, lanes).boxed().toList());
    Collections.shuffle(others, random);
    int meanwhile = random.nextInt(lanes);
    behind.addAll(others.subList(meanwhile, others.size()));
    others.subList(0, meanwhile).forEach(this::run);
  }

  private void run(int lane) {
    runs.add(run(context, stream, kind, lane));
  }

  /** Runs a lane, and no other. */
  static Run run(CamelContext context, String stream, RunKind kind, int lane) {
    return run(context, stream, kind, lane, null);
  }

  private static Run run(
      CamelContext context, String stream, RunKind kind, int lane, LaneStarter starter) {
    try {
      Exchange exchange = RouteCall.exchange(context);
      exchange.setVariable("stream", stream);
      exchange.setVariable("kind", kind.text());
      exchange.setVariable("lane", lane);
      exchange.setVariable("laneStarter", starter);
      return RouteCall.run(exchange);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
