package io.stepsync.sync;

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
   * @param cap the most records of an answer
   * @param lowestFirst whether a cut answer has the lowest IDs, rather than any
   * @param widestWindow the most IDs that a window may have before it is refused
   * @param slowAt the most records that are answered in time
   * @param poison the IDs for which the API always fails
   */
  record Faults(
      int cap, boolean lowestFirst, long widestWindow, int slowAt, NavigableSet<Long> poison) {}

  private final NavigableSet<Long> ids = new TreeSet<>();
  private final NavigableSet<Long> table = new TreeSet<>();
  private final NavigableSet<Long> deadLetters = new TreeSet<>();
  private final Map<String, Integer> requests = new HashMap<>();
  private final Faults faults;
  private final ScanSettings settings;
  private final Random random;
  private Checkpoint checkpoint;
  private AnswerLimit answerLimit = AnswerLimit.UNKNOWN;
  private Known known = Known.NOTHING;

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
        WindowPlan.startingAt(checkpoint, settings, answerLimit, known).asking(retries);
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
      return plan.isWidened(window) ? plan.refused(window) : plan.halved(window);
    }
    boolean poisoned =
        !faults.poison().subSet(window.firstId(), true, window.lastId(), true).isEmpty();
    if (poisoned || all.size() > faults.slowAt()) {
      return fail(plan, window);
    }
    NavigableSet<Long> answer = cut(all);
    if (answer.isEmpty()) {
      deadLetters.removeAll(List.of(window.firstId()));
      return plan.foundNothing(window);
    }
    Records records = records(answer);
    WindowPlan next = plan.found(window, records);
    if (plan.mayBeCapped(window, records)) {
      requests.merge("proof", plan.isProbe(window) ? 0 : 2, Integer::sum);
    } else {
      commit(window, answer, next);
    }
    return next;
  }

  private WindowPlan fail(WindowPlan plan, IdWindow window) {
    if (window.isSingle()) {
      deadLetters.add(window.firstId());
    }
    return plan.halved(window);
  }

  private void commit(IdWindow window, NavigableSet<Long> answer, WindowPlan next) {
    if (next.checkpoint().currentId() < checkpoint.currentId()) {
      throw new AssertionError("the checkpoint went back to " + next.checkpoint());
    }
    table.addAll(answer);
    deadLetters.subSet(window.firstId(), true, window.lastId(), true).clear();
    checkpoint = next.checkpoint();
    answerLimit = next.answerLimit();
    known = next.known();
  }

  private NavigableSet<Long> cut(NavigableSet<Long> all) {
    List<Long> order = new ArrayList<>(all);
    if (!faults.lowestFirst()) {
      Collections.shuffle(order, random);
    }
    return new TreeSet<>(order.subList(0, Math.min(faults.cap(), order.size())));
  }

  private static Records records(NavigableSet<Long> answer) {
    return SimulatedRun.records(answer);
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
