package io.stepsync.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/** What a plan asks of a source that gives each of its IDs in a window, and no other. */
final class SimulatedRun {

  /** More than any of the tests needs: a plan that asks so often does not end. */
  private static final int ENDLESS = 50_000;

  /**
   * A window that was asked.
   *
   * @param ids the source's IDs in it
   * @param checkpoint the one after it
   */
  record Asked(IdWindow window, NavigableSet<Long> ids, Checkpoint checkpoint) {}

  private final List<Asked> asked = new ArrayList<>();
  private WindowPlan plan;

  private SimulatedRun(WindowPlan plan) {
    this.plan = plan;
  }

  static SimulatedRun of(Checkpoint start, ScanSettings settings, NavigableSet<Long> source) {
    return killedAfter(ENDLESS, start, settings, source);
  }

  static SimulatedRun of(ScanSettings settings, NavigableSet<Long> source) {
    return of(new Checkpoint(settings.initialId()), settings, source);
  }

  static SimulatedRun killedAfter(
      int windows, Checkpoint start, ScanSettings settings, NavigableSet<Long> source) {
    SimulatedRun run =
        new SimulatedRun(
            WindowPlan.startingAt(start, settings, PlanExamples.CUTS_NOTHING, Known.NOTHING));
    Optional<IdWindow> window = run.plan.next();
    while (window.isPresent() && run.asked.size() < windows) {
      run.ask(window.get(), source);
      window = run.plan.next();
    }
    if (run.asked.size() == ENDLESS) {
      throw new AssertionError("the run does not end, it is at " + window);
    }
    return run;
  }

  private void ask(IdWindow window, NavigableSet<Long> source) {
    NavigableSet<Long> ids = source.subSet(window.firstId(), true, window.lastId(), true);
    plan = ids.isEmpty() ? plan.foundNothing(window) : plan.found(window, records(ids));
    asked.add(new Asked(window, ids, plan.checkpoint()));
  }

  static Records records(NavigableSet<Long> ids) {
    long median = ids.stream().skip((ids.size() - 1) / 2).findFirst().orElseThrow();
    return new Records(ids.size(), ids.size(), median, ids.last());
  }

  List<Asked> asked() {
    return asked;
  }

  List<IdWindow> windows() {
    return asked.stream().map(Asked::window).toList();
  }

  /** The IDs that the source gave, in the order of the answers, each as often as it was given. */
  List<Long> ids() {
    return asked.stream().flatMap(window -> window.ids().stream()).toList();
  }

  Checkpoint checkpoint() {
    return plan.checkpoint();
  }
}
