package io.stepsync.window;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A source with the faults that APIs have, and a table that is filled from it by runs that can die.
 * The table and what is kept between runs change together, as they do in one transaction.
 */
final class UnreliableSource {

  /**
   * The faults.
   *
   * @param cap the most records of an answer, or the most IDs of one
   * @param byIds which of both
   * @param twice every so many-th ID comes twice; 0 for none
   * @param lowestFirst whether a cut answer has the lowest IDs, rather than any
   * @param widestWindow the most IDs that a window may have before it is refused
   * @param widestTold the most IDs that a window may have before it is answered with no record
   * @param slowAt the most records that are answered in time
   * @param poison the IDs for which the API always fails
   */
  record Faults(
      int cap,
      boolean byIds,
      int twice,
      boolean lowestFirst,
      long widestWindow,
      long widestTold,
      int slowAt,
      NavigableSet<Long> poison) {}

  private final NavigableSet<Long> ids = new TreeSet<>();
  private final NavigableSet<Long> table = new TreeSet<>();
  private final NavigableSet<Long> deadLetters = new TreeSet<>();
  private final Map<String, Integer> requests = new HashMap<>();
  private final Faults faults;
  private final ScanSettings settings;
  private final Random random;
  private Checkpoint checkpoint;
  private AnswerLimit answerLimit = AnswerLimit.UNKNOWN;
  private RecordsBelow known = RecordsBelow.NOTHING;
  private Density density = Density.UNKNOWN;

  UnreliableSource(ScanSettings settings, Faults faults, Random random) {
    this.settings = settings;
    this.faults = faults;
    this.random = random;
    this.checkpoint = new Checkpoint(settings.initialId());
  }

  void add(NavigableSet<Long> more) {
    ids.addAll(more);
  }

  /** Runs until caught up, or dies after {@code requestsToLive}; tells whether it was caught up. */
  boolean run(int requestsToLive) {
    NavigableSet<Long> retries = new TreeSet<>(deadLetters.headSet(checkpoint.currentId(), false));
    WindowPlan plan =
        PlanExamples.plan(checkpoint, settings, answerLimit, known, density).asking(retries);
    for (int i = 0; i < requestsToLive; i++) {
      Optional<IdWindow> window = plan.next();
      if (window.isEmpty()) {
        return true;
      }
      plan = ask(plan, window.get());
    }
    return plan.next().isEmpty();
  }

  private WindowPlan ask(WindowPlan plan, IdWindow window) {
    requests.merge("all", 1, Integer::sum);
    NavigableSet<Long> all = ids.subSet(window.firstId(), true, window.lastId(), true);
    if (window.width() > faults.widestWindow()) {
      return plan.after(
          plan.isWidened(window) ? new Outcome.Refused(window) : new Outcome.Failed(window));
    }
    boolean poisoned =
        !faults.poison().subSet(window.firstId(), true, window.lastId(), true).isEmpty();
    if (poisoned || all.size() > faults.slowAt()) {
      return fail(plan, window);
    }
    boolean told = window.width() <= faults.widestTold() || !plan.isWidened(window);
    FoundIds answer = cut(told ? all : new TreeSet<>());
    WindowPlan next = PlanExamples.answered(plan, window, answer);
    if (plan.mayBeCapped(window, answer)) {
      boolean onlyWitness = answer.size().ids() == 1 && answer.contains(plan.witnessOf(window));
      String kind = onlyWitness ? "one record" : "proof";
      requests.merge(kind, plan.isProbe(window) ? 0 : 2, Integer::sum);
    } else if (answer.isEmpty() && window.isSingle()) {
      deadLetters.removeAll(List.of(window.firstId()));
    }
    if (next.isCommitting()) {
      commit(window, all, answer, next);
    }
    return next;
  }

  private WindowPlan fail(WindowPlan plan, IdWindow window) {
    if (window.isSingle()) {
      deadLetters.add(window.firstId());
    }
    return plan.after(new Outcome.Failed(window));
  }

  private void commit(IdWindow window, NavigableSet<Long> all, FoundIds answer, WindowPlan next) {
    if (next.checkpoint().currentId() < checkpoint.currentId()) {
      throw new AssertionError("the checkpoint went back to " + next.checkpoint());
    }
    all.stream().filter(answer::contains).forEach(table::add);
    deadLetters.subSet(window.firstId(), true, window.lastId(), true).clear();
    checkpoint = next.checkpoint();
    answerLimit = next.answerLimit();
    known = next.known();
    density = next.density();
  }

  private FoundIds cut(NavigableSet<Long> all) {
    List<Long> records = new ArrayList<>(all);
    if (!faults.lowestFirst()) {
      Collections.shuffle(records, random);
    }
    if (faults.byIds()) {
      return answer(twice(records.subList(0, Math.min(faults.cap(), records.size()))));
    }
    List<Long> twice = twice(records);
    return answer(twice.subList(0, Math.min(faults.cap(), twice.size())));
  }

  private List<Long> twice(List<Long> ids) {
    List<Long> twice = new ArrayList<>();
    for (long id : ids) {
      twice.addAll(Collections.nCopies(isTwice(id) ? 2 : 1, id));
    }
    return twice;
  }

  private boolean isTwice(long id) {
    return faults.twice() > 0 && id % faults.twice() == 0;
  }

  private static FoundIds answer(List<Long> records) {
    return FoundIds.of(records.stream().mapToLong(Long::longValue).toArray());
  }

  /** The IDs below the checkpoint that are neither in the table nor among the dead letters. */
  NavigableSet<Long> lost() {
    NavigableSet<Long> lost =
        new TreeSet<>(ids.subSet(settings.initialId(), true, checkpoint.currentId(), false));
    lost.removeAll(table);
    lost.removeAll(deadLetters);
    return lost;
  }

  NavigableSet<Long> ids() {
    return ids;
  }

  NavigableSet<Long> table() {
    return table;
  }

  NavigableSet<Long> deadLetters() {
    return deadLetters;
  }

  int requests(String kind) {
    return new TreeMap<>(requests).getOrDefault(kind, 0);
  }

  AnswerLimit answerLimit() {
    return answerLimit;
  }
}
