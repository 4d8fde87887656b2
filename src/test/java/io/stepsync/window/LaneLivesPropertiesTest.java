package io.stepsync.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.FixedSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Lanes that are run in any order, die anywhere, and are cut again meanwhile. */
class LaneLivesPropertiesTest {

  private static final int END = 500;
  private static final int FOR_EVER = 50_000;

  /** A lane runs for some windows, or all are cut. */
  record Step(boolean cut, int lanes, int lane, int windows) {}

  @Provide
  Arbitrary<List<Step>> lives() {
    return Combinators.combine(
            Arbitraries.of(true, false, false),
            Arbitraries.integers().between(1, 9),
            Arbitraries.integers().between(0, 8),
            Arbitraries.integers().between(0, 6))
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  @Property(seed = FixedSeed.VALUE)
  void each_record_is_given_once_however_often_lanes_die_and_are_cut(
      @ForAll("lives") List<Step> life,
      @ForAll @Size(max = 200) Set<@IntRange(min = 1, max = END) Integer> source,
      @ForAll @IntRange(min = 1, max = 60) int stepSize,
      @ForAll boolean headIsKnown) {
    NavigableSet<Long> ids = new TreeSet<>(source.stream().map(Integer::longValue).toList());
    Stream stream = new Stream(ids, stepSize, headIsKnown);

    for (Step step : life) {
      if (step.cut()) {
        stream.cut(step.lanes());
      } else {
        stream.run(step.lane() % stream.lanes.all().size(), step.windows());
      }
    }
    for (int lane = 0; lane < stream.lanes.all().size(); lane++) {
      stream.run(lane, FOR_EVER);
    }

    assertThat(stream.given).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(stream.lanes.reached().currentId()).isGreaterThan(ids.isEmpty() ? 0 : ids.last());
    if (headIsKnown) {
      assertThat(stream.lanes.isSettledButForHighest()).isTrue();
    }
  }

  /** What a process does with a stream, without the process. */
  private static final class Stream {
    private final NavigableSet<Long> ids;
    private final ScanSettings settings;
    private final long head;
    private final boolean headIsKnown;
    private final List<Long> given = new ArrayList<>();
    private Lanes lanes = Lanes.from(1);

    Stream(NavigableSet<Long> ids, int stepSize, boolean headIsKnown) {
      this.ids = ids;
      this.headIsKnown = headIsKnown;
      this.settings = new ScanSettings(1, stepSize, 8L * stepSize, END, Long.MAX_VALUE, 0, 0);
      this.head = headIsKnown && !ids.isEmpty() ? ids.last() : 0;
    }

    void cut(int count) {
      lanes = lanes.cut(count, settings.stepSize(), headIsKnown ? head : END);
    }

    void run(int number, int windows) {
      Lane lane = lanes.all().get(number);
      long highest = Math.max(head, lanes.reached().currentId() - 1);
      ScanSettings own = settings.of(lane, highest);
      SimulatedRun run =
          SimulatedRun.killedAfter(
              windows, lane.checkpoint(), headIsKnown ? own.upTo(head) : own, ids);
      given.addAll(run.ids());
      List<Lane> all = new ArrayList<>(lanes.all());
      all.set(
          number,
          new Lane(
              lane.firstId(), lane.lastId(), run.checkpoint(), lane.known(), lane.refreshId()));
      lanes = new Lanes(all);
    }
  }
}
