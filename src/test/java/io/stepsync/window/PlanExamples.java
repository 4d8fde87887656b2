package io.stepsync.window;

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
  static final AnswerLimit CUTS_NOTHING = limit(0, Long.MAX_VALUE);

  private PlanExamples() {}

  static ScanSettings settings(long stepSize, long maxStepSize, long maxId, long maxGap) {
    return new ScanSettings(1, stepSize, maxStepSize, maxId, maxGap, 0, 0);
  }

  /** The plan of a first run, which knows nothing of the API. */
  static WindowPlan plan(ScanSettings settings) {
    return plan(new Checkpoint(settings.initialId()), settings);
  }

  /** The plan of a run whose answers are whole. */
  static WindowPlan planWithoutDoubt(ScanSettings settings) {
    Checkpoint start = new Checkpoint(settings.initialId());
    return plan(start, settings, CUTS_NOTHING, RecordsBelow.NOTHING);
  }

  /** The plan of a run that starts at a checkpoint, and knows nothing else. */
  static WindowPlan plan(Checkpoint start, ScanSettings settings) {
    return WindowPlan.startingAt(ScanStart.at(start), settings);
  }

  static WindowPlan plan(
      Checkpoint start, ScanSettings settings, AnswerLimit limit, RecordsBelow known) {
    return plan(start, settings, limit, known, Density.UNKNOWN);
  }

  static WindowPlan plan(
      Checkpoint start,
      ScanSettings settings,
      AnswerLimit limit,
      RecordsBelow known,
      Density density) {
    return WindowPlan.startingAt(
        new ScanStart(start, limit, known, YoungIds.NONE, density, true, start.currentId() - 1, 0),
        settings);
  }

  /** What is known of an API without duplicates. */
  static AnswerLimit limit(long largest, long limit) {
    return new AnswerLimit(new AnswerSize(largest, largest), new AnswerSize(limit, limit));
  }

  /** The plan after a window held these records. */
  static WindowPlan answered(WindowPlan plan, IdWindow window, FoundIds found) {
    return plan.after(new Outcome.Answered(window, found, 0, 0));
  }

  /** The plan after its next window held these IDs. */
  static WindowPlan found(WindowPlan plan, Long... ids) {
    return answered(plan, plan.next().orElseThrow(), records(ids));
  }

  /** The plan after its next window held nothing. */
  static WindowPlan foundNothing(WindowPlan plan) {
    return answered(plan, plan.next().orElseThrow(), FoundIds.NONE);
  }

  /** The plan after its next window could not be answered. */
  static WindowPlan troubled(WindowPlan plan) {
    return plan.after(new Outcome.Failed(plan.next().orElseThrow()));
  }

  /** The plan after its next window was refused for its width. */
  static WindowPlan refused(WindowPlan plan) {
    return plan.after(new Outcome.Refused(plan.next().orElseThrow()));
  }

  static FoundIds records(Long... ids) {
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
