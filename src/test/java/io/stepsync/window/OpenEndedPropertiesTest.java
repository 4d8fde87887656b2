package io.stepsync.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.FixedSeed;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.BeforeTry;

/** Runs against a source that answers with the lowest IDs from one on, up to a limit. */
class OpenEndedPropertiesTest {

  private static final long HIGHEST = Long.MAX_VALUE;

  private final NavigableSet<Long> found = new TreeSet<>();
  private Checkpoint checkpoint;
  private int requests;

  @BeforeTry
  void begin() {
    found.clear();
    checkpoint = new Checkpoint(1);
    requests = 0;
  }

  @Provide
  Arbitrary<List<Long>> distances() {
    return ScanArbitraries.distances(HIGHEST / 200).list().ofMaxSize(150);
  }

  private static ScanSettings settings(long step, long maxId) {
    return new ScanSettings(1, step, 1000 * step, maxId, 1_000_000, 0, 0, false, true, false, 0);
  }

  /** Runs until it is caught up, or has asked so many windows; some requests fail. */
  private void run(
      ScanSettings settings, NavigableSet<Long> ids, int cap, int windows, Random trouble) {
    WindowPlan plan =
        PlanExamples.plan(checkpoint, settings, AnswerLimit.UNKNOWN, RecordsBelow.NOTHING);
    Optional<IdWindow> next = plan.next();
    for (int i = 0; next.isPresent() && i < windows; i++) {
      requests++;
      assertThat(plan.ahead(3)).startsWith(next.get());
      plan = answered(plan, next.get(), ids, cap, trouble);
      assertThat(plan.checkpoint().currentId()).isGreaterThanOrEqualTo(checkpoint.currentId());
      checkpoint = plan.checkpoint();
      assertThat(found).containsAll(ids.headSet(checkpoint.currentId()));
      next = plan.next();
    }
  }

  private WindowPlan answered(
      WindowPlan plan, IdWindow window, NavigableSet<Long> ids, int cap, Random trouble) {
    if (!window.isSingle() && trouble.nextInt(4) == 0) {
      return plan.after(new Outcome.Failed(window));
    }
    NavigableSet<Long> answer = new TreeSet<>();
    ids.tailSet(window.firstId()).stream()
        .limit(Math.min(cap, window.width()))
        .forEach(answer::add);
    NavigableSet<Long> asked = answer.headSet(plan.maxId(), true);
    if (asked.isEmpty()) {
      return PlanExamples.answered(plan, window, FoundIds.NONE);
    }
    found.addAll(asked);
    long settled = asked.size() < answer.size() ? plan.maxId() : asked.last();
    IdWindow answered = new IdWindow(window.firstId(), settled);
    FoundIds records = SimulatedRun.records(asked);
    assertThat(plan.mayBeCapped(answered, records)).isFalse();
    return PlanExamples.answered(plan, answered, records);
  }

  private static NavigableSet<Long> ids(List<Long> distances) {
    return ScanArbitraries.ids(1, distances);
  }

  private static Random calm() {
    return new Random() {
      @Override
      public int nextInt(int bound) {
        return 1;
      }
    };
  }

  @Property(seed = FixedSeed.VALUE)
  void every_id_is_found_with_as_many_requests_as_answers_are_needed(
      @ForAll("distances") List<Long> distances,
      @ForAll @LongRange(min = 1, max = 60) long step,
      @ForAll @IntRange(min = 1, max = 60) int cap) {
    NavigableSet<Long> ids = ids(distances);

    run(settings(step, HIGHEST), ids, cap, Integer.MAX_VALUE, calm());

    assertThat(found).isEqualTo(ids);
    assertThat(checkpoint.currentId()).isEqualTo(ids.isEmpty() ? 1 : ids.last() + 1);
    assertThat(requests).isLessThanOrEqualTo(ids.size() / (int) Math.min(step, cap) + 2);
  }

  @Property(seed = FixedSeed.VALUE)
  void runs_that_die_and_fail_find_every_id_in_the_end(
      @ForAll("distances") List<Long> distances,
      @ForAll @LongRange(min = 1, max = 60) long step,
      @ForAll @IntRange(min = 1, max = 60) int cap,
      @ForAll long seed) {
    NavigableSet<Long> ids = ids(distances);
    Random random = new Random(seed);

    for (int life = 0; life < 20; life++) {
      run(settings(step, HIGHEST), ids, cap, 1 + random.nextInt(9), random);
    }
    run(settings(step, HIGHEST), ids, cap, Integer.MAX_VALUE, random);

    assertThat(found).isEqualTo(ids);
  }

  @Property(seed = FixedSeed.VALUE)
  void no_id_above_the_last_is_taken_and_all_below_are_found(
      @ForAll("distances") List<Long> distances,
      @ForAll @LongRange(min = 1, max = 60) long step,
      @ForAll @LongRange(min = 1, max = 400) long maxId) {
    NavigableSet<Long> ids = ids(distances);

    run(settings(step, maxId), ids, 60, Integer.MAX_VALUE, calm());

    assertThat(found).isEqualTo(ids.headSet(maxId, true));
  }

  @Example
  void nothing_is_foreseen_behind_a_window() {
    WindowPlan plan =
        PlanExamples.plan(
            new Checkpoint(1), settings(10, HIGHEST), AnswerLimit.UNKNOWN, RecordsBelow.NOTHING);

    assertThat(plan.ahead(3)).containsExactly(new IdWindow(1, 10));
    assertThat(plan.asking(List.of(7L, 8L)).ahead(9))
        .containsExactly(new IdWindow(7, 7), new IdWindow(8, 8), new IdWindow(1, 10));
  }

  @Example
  void an_empty_answer_to_an_id_that_failed_before_does_not_end_the_run() {
    WindowPlan plan =
        PlanExamples.plan(
                new Checkpoint(20),
                settings(10, HIGHEST),
                AnswerLimit.UNKNOWN,
                RecordsBelow.NOTHING)
            .asking(List.of(7L));

    WindowPlan after = PlanExamples.foundNothing(plan);

    assertThat(after.next()).hasValue(new IdWindow(20, 29));
    assertThat(PlanExamples.foundNothing(after).next()).isEmpty();
  }
}
