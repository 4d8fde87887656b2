package io.stepsync.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * IDs that are times, or lie far apart otherwise, with the settings that a stream has by default.
 */
class SparseIdsTest {

  private static final long MILLION = 1_000_000;
  private static final long FIRST = 1_200_000_000_000_000_000L;
  private static final long NONE = Long.MAX_VALUE;

  /** An API and what is kept between runs. */
  private static final class Life {
    private final NavigableSet<Long> ids;
    private final NavigableSet<Long> table = new TreeSet<>();
    private final ScanSettings settings;
    private final boolean hasHead;
    private int cap = Integer.MAX_VALUE;
    private long widest = NONE;
    private int slowAt = Integer.MAX_VALUE;
    private ScanStart start;
    private int requests;
    private int largest;
    private WindowPlan plan;

    Life(NavigableSet<Long> ids, long initialId, boolean hasHead) {
      this(ids, settings(initialId, 1000, NONE), hasHead);
    }

    Life(NavigableSet<Long> ids, ScanSettings settings, boolean hasHead) {
      this.ids = ids;
      this.hasHead = hasHead;
      this.settings = settings;
      start = ScanStart.at(new Checkpoint(settings.initialId()));
    }

    private static ScanSettings settings(long initialId, long stepSize, long maxId) {
      return new ScanSettings(
          initialId, stepSize, NONE, maxId, MILLION, 0, 0, true, false, false, 600_000);
    }

    int run() {
      requests = hasHead ? 1 : 0;
      ScanSettings own = hasHead ? settings.upTo(ids.last()) : settings;
      plan = WindowPlan.startingAt(hasHead ? start.knowing(ids.last()) : start, own);
      for (Optional<IdWindow> next = plan.next(); next.isPresent(); next = plan.next()) {
        requests++;
        assertThat(requests).as("requests, next is %s", next.get()).isLessThan(20_000);
        plan = plan.after(outcome(next.get()));
      }
      long time = start.now() + 60_000;
      start =
          new ScanStart(
              plan.checkpoint(),
              plan.answerLimit(),
              plan.known(),
              plan.young(),
              plan.density(),
              true,
              plan.checkpoint().currentId() - 1,
              time);
      return requests;
    }

    private Outcome outcome(IdWindow window) {
      NavigableSet<Long> all = ids.subSet(window.firstId(), true, window.lastId(), true);
      if (window.width() > widest) {
        return plan.isWidened(window) ? new Outcome.Refused(window) : new Outcome.Failed(window);
      }
      if (all.size() > slowAt) {
        return new Outcome.Failed(window);
      }
      List<Long> answer = new ArrayList<>(all);
      Collections.shuffle(answer, new Random(window.firstId()));
      answer = answer.subList(0, Math.min(cap, answer.size()));
      largest = Math.max(largest, answer.size());
      FoundIds found = FoundIds.of(answer.stream().mapToLong(Long::longValue).toArray());
      Outcome outcome = new Outcome.Answered(window, found, start.now(), 0);
      if (plan.after(outcome).isCommitting()) {
        table.addAll(answer);
      }
      return outcome;
    }

    void hasAll() {
      assertThat(table).isEqualTo(ids.subSet(settings.initialId(), true, settings.maxId(), true));
    }
  }

  private static NavigableSet<Long> regular(long first, long distance, int count) {
    NavigableSet<Long> ids = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      ids.add(first + i * distance);
    }
    return ids;
  }

  private static NavigableSet<Long> random(long first, long distance, int count) {
    Random random = new Random(distance);
    NavigableSet<Long> ids = new TreeSet<>();
    long id = first;
    for (int i = 0; i < count; i++) {
      ids.add(id);
      id += 1 + (long) (-Math.log(1 - random.nextDouble()) * distance);
    }
    return ids;
  }

  private static NavigableSet<Long> islands(long first, long gap, int count, int size) {
    NavigableSet<Long> ids = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      ids.addAll(regular(first + i * gap, 1, size));
    }
    return ids;
  }

  private static NavigableSet<Long> both(NavigableSet<Long> one, NavigableSet<Long> other) {
    NavigableSet<Long> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }

  static Stream<Arguments> sources() {
    return Stream.of(
        Arguments.of("one in four million", regular(FIRST, 4 * MILLION, 10_000)),
        Arguments.of("one in four million, at random", random(FIRST, 4 * MILLION, 10_000)),
        Arguments.of("one in four billion", regular(FIRST, 4000 * MILLION, 10_000)),
        Arguments.of("one in four billion, at random", random(FIRST, 4000 * MILLION, 10_000)),
        Arguments.of("one in four billion, from 1", random(1, 4000 * MILLION, 10_000)),
        Arguments.of("one in a trillion", random(FIRST, MILLION * MILLION, 10_000)),
        Arguments.of("one in 65,536", random(FIRST, 65_536, 10_000)),
        Arguments.of("one in 100", random(FIRST, 100, 10_000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
  void a_first_load_with_a_head_takes_at_most_60_requests(String name, NavigableSet<Long> ids) {
    Life life = new Life(ids, 1, true);
    int first = life.run();
    int idle = life.run();
    System.out.println(name + ": head " + first + ", idle " + idle + ", largest " + life.largest);

    life.hasAll();
    assertThat(first).isLessThanOrEqualTo(ids.first() == 1 ? 80 : 60);
    assertThat(idle).isLessThanOrEqualTo(8);
  }

  /** Where one ID is all that is known, a gap of a million ends the run. */
  static Stream<Arguments> highSources() {
    return sources().filter(source -> !source.get()[0].toString().endsWith("from 1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("highSources")
  void a_first_load_from_an_initial_id_takes_at_most_200_requests(
      String name, NavigableSet<Long> ids) {
    for (long before : new long[] {0, 1_000_000_000_000L}) {
      Life life = new Life(ids, Math.max(1, ids.first() - before), false);
      int first = life.run();
      int idle = life.run();
      System.out.println(name + ": initialId " + first + ", idle " + idle + " " + life.largest);

      life.hasAll();
      assertThat(first).as("first load").isLessThanOrEqualTo(200);
      assertThat(idle).isLessThanOrEqualTo(8);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("highSources")
  void what_is_added_is_found(String name, NavigableSet<Long> ids) {
    List<Long> all = new ArrayList<>(ids);
    Life life = new Life(new TreeSet<>(all.subList(0, 5000)), ids.first(), false);
    life.run();
    life.hasAll();
    for (int i = 5000; i < 5050; i++) {
      life.ids.add(all.get(i));
      assertThat(life.run()).isLessThanOrEqualTo(40);
      life.hasAll();
    }
    life.ids.addAll(ids);
    life.run();
    life.hasAll();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
  void an_api_that_cuts_refuses_or_fails_is_asked_for_less(String name, NavigableSet<Long> ids) {
    Life capped = new Life(ids, 1, true);
    capped.cap = 100;
    int requests = capped.run();
    System.out.println(name + ": capped at 100 " + requests + ", then " + capped.run());
    capped.hasAll();
    assertThat(requests).isLessThan(700);

    Life refusing = new Life(ids, ids.first(), true);
    long span = ids.last() - ids.first();
    refusing.widest = Math.max(1000, span / 50);
    requests = refusing.run();
    System.out.println(name + ": refusing " + requests + ", then " + refusing.run());
    refusing.hasAll();
    assertThat(requests).isLessThan(1200);

    Life slow = new Life(ids, 1, true);
    slow.slowAt = 1500;
    requests = slow.run();
    System.out.println(name + ": slow " + requests + ", then " + slow.run());
    slow.hasAll();
    assertThat(requests).isLessThan(300);
  }

  static Stream<Arguments> mixed() {
    return Stream.of(
        Arguments.of("islands of 50", islands(FIRST, 1000 * MILLION, 200, 50), 700),
        Arguments.of("islands of 5000", islands(FIRST, 1000 * MILLION, 4, 5000), 200),
        Arguments.of(
            "dense, then sparse",
            both(regular(1, 1, 5000), random(10_000, 4 * MILLION, 10_000)),
            120),
        Arguments.of(
            "sparse, then dense",
            both(random(1, 4 * MILLION, 10_000), regular(100_000_000_000_000L, 1, 10_000)),
            120),
        Arguments.of("a gap", both(regular(1, 1, 9000), regular(1000 * MILLION, 1, 9000)), 70));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mixed")
  void where_ids_are_dense_here_and_sparse_there_none_is_lost(
      String name, NavigableSet<Long> ids, int most) {
    Life life = new Life(ids, 1, true);
    int first = life.run();
    System.out.println(name + ": " + first + ", idle " + life.run() + " " + life.largest);
    life.hasAll();
    assertThat(first).isLessThanOrEqualTo(most);

    Life slow = new Life(ids, 1, true);
    slow.slowAt = 1500;
    first = slow.run();
    System.out.println(name + ": slow " + first + ", idle " + slow.run() + " " + slow.largest);
    slow.hasAll();
  }

  @Test
  void the_highest_ids_of_all_are_found() {
    Life life = new Life(random(NONE - 5000L * 4 * MILLION, 3 * MILLION, 4000), 1, true);
    life.run();
    life.hasAll();
    Life withMax = new Life(life.ids, Life.settings(0, 1, NONE), true);
    withMax.run();
    withMax.hasAll();
  }

  @Test
  void a_last_id_ends_the_run() {
    NavigableSet<Long> ids = random(FIRST, 4 * MILLION, 10_000);
    long middle = new ArrayList<>(ids).get(5000);
    Life life = new Life(ids, Life.settings(1, 1000, middle), true);
    life.run();
    life.hasAll();
  }

  @Test
  void a_table_without_gaps_is_asked_in_steps() {
    for (int distance = 1; distance <= 2; distance++) {
      NavigableSet<Long> ids = regular(distance, distance, 20_000 / distance);
      Life life = new Life(ids, 1, false);
      life.start =
          new ScanStart(
              new Checkpoint(1),
              PlanExamples.CUTS_NOTHING,
              RecordsBelow.NOTHING,
              YoungIds.NONE,
              Density.UNKNOWN,
              false,
              -1,
              0);
      assertThat(life.run()).isEqualTo(30);
    }
  }
}
