package io.stepsync.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.FixedSeed;
import io.stepsync.window.UnreliableSource.Faults;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** No record is lost, whatever the API does and whenever a run dies. */
class UnreliableSourcePropertiesTest {

  private static final int FOR_EVER = 200_000;
  private static final int NONE = Integer.MAX_VALUE;

  /**
   * A life of a stream.
   *
   * @param appended what is added before each run
   * @param lives the requests after which each run dies
   */
  record History(
      long seed,
      ScanSettings settings,
      Faults faults,
      List<NavigableSet<Long>> appended,
      List<Integer> lives) {}

  @Property(seed = FixedSeed.VALUE, edgeCases = EdgeCasesMode.NONE, tries = 5000)
  void nothing_below_the_checkpoint_is_lost_and_a_run_that_is_caught_up_has_all(
      @ForAll("histories") History history) {
    UnreliableSource source = play(history);

    assertThat(source.run(FOR_EVER)).as("caught up").isTrue();
    assertThat(source.lost()).isEmpty();
    NavigableSet<Long> expected = new TreeSet<>(source.ids());
    expected.removeAll(history.faults().poison());
    assertThat(source.table()).isEqualTo(expected);
    assertThat(source.deadLetters()).isSubsetOf(history.faults().poison());
  }

  @Property(seed = FixedSeed.VALUE, edgeCases = EdgeCasesMode.NONE)
  void an_api_that_does_not_cut_its_answers_is_asked_little_more(
      @ForAll("honest") History history) {
    UnreliableSource source = play(withoutDeaths(history));

    long largest = Math.max(1, source.answerLimit().largest().records());
    int doublings = 64 - Long.numberOfLeadingZeros(largest) - 1;
    assertThat(source.requests("proof"))
        .as("proofs for answers of up to %s records", largest)
        .isLessThanOrEqualTo(largest == 1 ? 26 : 2 * doublings + 16);
    assertThat(source.answerLimit().isKnown()).isFalse();
  }

  @Test
  void a_record_behind_a_witness_is_found_where_answers_are_cut_at_one_and_wider_windows_refused() {
    ScanSettings settings = new ScanSettings(1, 1, 16, 10_000, 10_000, 0, 0);
    Faults faults = new Faults(1, true, 0, true, 4, NONE, 2, new TreeSet<>());

    assertThat(afterRun(settings, faults, List.of(40L, 41L, 42L, 45L, 63L, 64L))).isEmpty();
  }

  @Test
  void a_record_behind_a_witness_that_comes_twice_is_found_where_answers_are_cut_at_two() {
    ScanSettings settings = new ScanSettings(1, 1, 16, 10_000, 10_000, 0, 0);
    Faults faults = new Faults(2, false, 5, true, 16, NONE, 16, new TreeSet<>());
    List<Long> ids = List.of(21L, 22L, 23L, 24L, 25L, 34L, 35L, 36L, 40L, 41L, 42L, 43L);

    assertThat(afterRun(settings, faults, ids)).isEmpty();
  }

  @Test
  void a_record_behind_a_witness_is_found_where_the_next_one_is_in_a_part_of_a_failed_window() {
    ScanSettings settings = new ScanSettings(1, 5, 16, 10_000, 10_000, 0, 0);
    Faults faults = new Faults(1, true, 0, true, 16, NONE, 3, new TreeSet<>(List.of(88L)));

    assertThat(afterRun(settings, faults, List.of(62L, 63L, 76L, 77L, 89L, 90L))).isEmpty();
  }

  private static NavigableSet<Long> afterRun(ScanSettings settings, Faults faults, List<Long> ids) {
    UnreliableSource source = new UnreliableSource(settings, faults, new Random(1));
    source.add(new TreeSet<>(ids.subList(0, 1)));
    source.run(FOR_EVER);
    source.add(new TreeSet<>(ids.subList(1, 2)));
    source.run(FOR_EVER);
    source.add(new TreeSet<>(ids));
    source.run(FOR_EVER);
    return source.lost();
  }

  private static History withoutDeaths(History history) {
    List<Integer> lives = Collections.nCopies(history.lives().size(), FOR_EVER);
    return new History(
        history.seed(), history.settings(), history.faults(), history.appended(), lives);
  }

  private static UnreliableSource play(History history) {
    UnreliableSource source =
        new UnreliableSource(history.settings(), history.faults(), new Random(history.seed()));
    for (int i = 0; i < history.appended().size(); i++) {
      source.add(history.appended().get(i));
      source.run(history.lives().get(i));
      assertThat(source.lost()).as("after run %s", i).isEmpty();
    }
    return source;
  }

  @Provide
  Arbitrary<History> histories() {
    return histories(faults(), Arbitraries.longs().between(0, 500));
  }

  @Provide
  Arbitrary<History> honest() {
    return histories(
        Arbitraries.just(new Faults(NONE, false, 0, true, NONE, NONE, NONE, new TreeSet<>())),
        Arbitraries.just(60_000L));
  }

  private static Arbitrary<History> histories(Arbitrary<Faults> faults, Arbitrary<Long> wider) {
    return Combinators.combine(
            Arbitraries.longs(), settings(wider), faults, Arbitraries.integers().between(1, 4))
        .as((seed, settings, fault, runs) -> history(seed, settings, fault, runs));
  }

  private static History history(long seed, ScanSettings settings, Faults faults, int runs) {
    Random random = new Random(seed);
    long next = 1;
    List<NavigableSet<Long>> appended = new java.util.ArrayList<>();
    List<Integer> lives = new java.util.ArrayList<>();
    for (int i = 0; i < runs; i++) {
      NavigableSet<Long> ids = new TreeSet<>();
      int count = random.nextInt(120);
      double density = random.nextDouble();
      for (int k = 0; k < count; k++) {
        ids.add(next);
        next += 1 + (random.nextDouble() < density ? 0 : random.nextInt(30));
      }
      appended.add(ids);
      lives.add(random.nextInt(60));
    }
    return new History(seed, settings, faults, appended, lives);
  }

  private static Arbitrary<ScanSettings> settings(Arbitrary<Long> wider) {
    return Combinators.combine(
            Arbitraries.longs().between(1, 60), wider, Arbitraries.longs().between(0, 40))
        .as((step, more, back) -> new ScanSettings(1, step, step + more, 10_000, 10_000, back, 0));
  }

  private static Arbitrary<Faults> faults() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 80),
            Arbitraries.of(true, false),
            Arbitraries.longs().between(1, 200),
            Arbitraries.integers().between(1, 100),
            Arbitraries.longs().between(1, 400).set().ofMaxSize(5),
            Arbitraries.of(true, false),
            Arbitraries.of(0, 1, 2, 5, 40),
            Arbitraries.longs().between(1, 200).injectNull(0.5))
        .as(
            (cap, lowest, widest, slow, poison, byIds, twice, told) ->
                new Faults(
                    cap,
                    byIds,
                    twice,
                    lowest,
                    widest,
                    told == null ? NONE : told,
                    slow,
                    new TreeSet<>(poison)));
  }
}
