package io.stepsync.sync;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** The windows, sources, settings and answers of which examples are made. */
final class PlanExamples {

  static final long HIGHEST = Long.MAX_VALUE;

  /** No last ID, or no gap that ends a run. */
  static final long NONE = Long.MAX_VALUE;

  /** What is known of an API that cuts no answer. */
  static final AnswerLimit CUTS_NOTHING = new AnswerLimit(0, Long.MAX_VALUE);

  private PlanExamples() {}

  static ScanSettings settings(long stepSize, long maxStepSize, long maxId, long maxGap) {
    return new ScanSettings(1, stepSize, maxStepSize, maxId, maxGap, 0, 0);
  }

  /** The plan of a first run, which knows nothing of the API. */
  static WindowPlan plan(ScanSettings settings) {
    return WindowPlan.startingAt(new Checkpoint(settings.initialId()), settings);
  }

  /** The plan of a run whose answers are whole. */
  static WindowPlan planWithoutDoubt(ScanSettings settings) {
    Checkpoint start = new Checkpoint(settings.initialId());
    return WindowPlan.startingAt(start, settings, CUTS_NOTHING, Known.NOTHING);
  }

  /** The plan after its next window held these IDs. */
  static WindowPlan found(WindowPlan plan, Long... ids) {
    return plan.found(plan.next().orElseThrow(), records(ids));
  }

  /** The plan after its next window held nothing. */
  static WindowPlan foundNothing(WindowPlan plan) {
    return plan.foundNothing(plan.next().orElseThrow());
  }

  /** The plan after its next window could not be answered. */
  static WindowPlan troubled(WindowPlan plan) {
    return plan.halved(plan.next().orElseThrow());
  }

  /** The plan after its next window was refused for its width. */
  static WindowPlan refused(WindowPlan plan) {
    return plan.refused(plan.next().orElseThrow());
  }

  static Records records(Long... ids) {
    return SimulatedRun.records(ids(ids));
  }

  static NavigableSet<Long> ids(Long... ids) {
    return new TreeSet<>(List.of(ids));
  }

  static NavigableSet<Long> range(long firstId, long lastId) {
    return LongStream.rangeClosed(firstId, lastId)
        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
  }

  static IdWindow window(long firstId, long lastId) {
    return new IdWindow(firstId, lastId);
  }
}
