package io.stepsync.window;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** What a plan asks of a source that gives each of its IDs in a window, and no other. */
final class SimulatedRun {

  /** More than any of the tests needs: a plan that asks so often does not end. */
  private static final int ENDLESS = 50_000;

  /**
   * A window that was asked, without the record that is asked again for a witness.
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
            PlanExamples.plan(start, settings, PlanExamples.CUTS_NOTHING, RecordsBelow.NOTHING));
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
    NavigableSet<Long> ids =
        new TreeSet<>(source.subSet(window.firstId(), true, window.lastId(), true));
    IdWindow news = plan.news(window);
    long witness = plan.witnessOf(window);
    plan = PlanExamples.answered(plan, window, records(ids));
    ids.remove(witness);
    if (plan.hasSettled()) {
      asked.add(new Asked(behindLast(news), ids, plan.checkpoint()));
    }
  }

  /** Windows that were empty are asked once more where nothing showed that they were. */
  private IdWindow behindLast(IdWindow window) {
    long last = asked.isEmpty() ? -1 : asked.get(asked.size() - 1).window().lastId();
    boolean repeats = window.firstId() <= last && last < window.lastId();
    return repeats ? new IdWindow(last + 1, window.lastId()) : window;
  }

  static FoundIds records(NavigableSet<Long> ids) {
    return FoundIds.of(ids.stream().mapToLong(Long::longValue).toArray());
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
