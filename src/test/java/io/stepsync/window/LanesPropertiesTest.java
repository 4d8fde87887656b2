package io.stepsync.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.FixedSeed;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Lanes that are cut again and again, and move on in between. */
class LanesPropertiesTest {

  private static final int END = 400;

  /** What happens to a stream: it is cut, or one of its lanes or refreshes moves on. */
  record Step(int lanes, int stepSize, int lane, int share) {}

  @Provide
  Arbitrary<List<Step>> lives() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 12),
            Arbitraries.integers().between(1, 60),
            Arbitraries.integers().between(0, 11),
            Arbitraries.integers().between(0, 100))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }

  @Property(seed = FixedSeed.VALUE)
  void no_cut_settles_an_id_or_forgets_that_it_is_settled(
      @ForAll("lives") List<Step> life, @ForAll @IntRange(max = 30) int initialId) {
    Lanes lanes = Lanes.from(initialId);
    for (Step step : life) {
      Lanes cut = lanes.cut(step.lanes(), step.stepSize(), END);

      assertThat(settled(cut)).isEqualTo(settled(lanes));
      assertThat(refreshed(cut)).isEqualTo(refreshed(lanes));
      assertThat(cut.unsettled(END)).isEqualTo(lanes.unsettled(END));
      assertThat(cut.checkpoint()).isEqualTo(lanes.checkpoint());
      assertThat(cut.cut(step.lanes(), step.stepSize(), END)).isEqualTo(cut);

      lanes = movedOn(cut, step);
    }
  }

  @Property(seed = FixedSeed.VALUE)
  void what_is_not_settled_in_one_piece_is_shared_equally(
      @ForAll @IntRange(min = 1, max = 20) int count,
      @ForAll @IntRange(min = 1, max = 50) int stepSize,
      @ForAll @IntRange(max = END) int initialId) {
    List<Lane> lanes = Lanes.from(initialId).cut(count, stepSize, END).all();

    long steps = (0L + END - initialId + stepSize) / stepSize;
    assertThat(lanes).hasSize((int) Math.max(1, Math.min(count, steps)));
    List<Long> widths = lanes.stream().map(lane -> lane.unsettled(END)).toList();
    long widest = widths.stream().mapToLong(width -> width).max().orElseThrow();
    // the last may have less than it is given, where the end is not that of a step
    assertThat(widths.subList(0, widths.size() - 1))
        .allSatisfy(width -> assertThat(widest - width).isLessThanOrEqualTo(stepSize));
    assertThat(widest - widths.get(widths.size() - 1)).isLessThan(2L * stepSize);
  }

  private static Lanes movedOn(Lanes lanes, Step step) {
    List<Lane> moved = new ArrayList<>(lanes.all());
    int number = step.lane() % moved.size();
    Lane lane = moved.get(number);
    long end = Math.min(lane.lastId(), END);
    long position = lane.checkpoint().currentId();
    long next = position + Math.max(0, end + 1 - position) * step.share() / 100;
    boolean refreshing = step.share() % 3 == 0;
    moved.set(
        number,
        new Lane(
            lane.firstId(),
            lane.lastId(),
            new Checkpoint(next),
            lane.known(),
            refreshing ? Math.max(lane.firstId(), (lane.firstId() + next) / 2) : lane.firstId()));
    return new Lanes(moved);
  }

  private static BitSet settled(Lanes lanes) {
    BitSet settled = new BitSet();
    lanes.all().forEach(lane -> set(settled, lane, lane.checkpoint().currentId()));
    return settled;
  }

  /** What a refresh under way has behind it. */
  private static BitSet refreshed(Lanes lanes) {
    BitSet refreshed = new BitSet();
    lanes.all().forEach(lane -> set(refreshed, lane, lane.refreshId()));
    return refreshed;
  }

  private static void set(BitSet ids, Lane lane, long end) {
    ids.set((int) lane.firstId(), (int) Math.max(lane.firstId(), end));
  }
}
