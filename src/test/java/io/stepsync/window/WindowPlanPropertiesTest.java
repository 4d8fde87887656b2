package io.stepsync.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.FixedSeed;
import io.stepsync.window.ScanArbitraries.Scan;
import io.stepsync.window.SimulatedRun.Asked;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class WindowPlanPropertiesTest {

  @Provide
  Arbitrary<Scan> scans() {
    return ScanArbitraries.scans();
  }

  @Property(seed = FixedSeed.VALUE)
  void windows_follow_one_another_from_initial_id_without_overlap_or_hole(
      @ForAll("scans") Scan scan) {
    List<IdWindow> windows = SimulatedRun.of(scan.settings(), scan.ids()).windows();

    assertThat(windows.get(0).firstId()).isEqualTo(scan.settings().initialId());
    for (int i = 1; i < windows.size(); i++) {
      assertThat(windows.get(i).firstId()).isEqualTo(windows.get(i - 1).lastId() + 1);
    }
  }

  @Property(seed = FixedSeed.VALUE)
  void no_window_exceeds_max_id_or_the_largest_step_size(@ForAll("scans") Scan scan) {
    assertThat(SimulatedRun.of(scan.settings(), scan.ids()).windows())
        .allSatisfy(
            window -> {
              assertThat(window.lastId()).isLessThanOrEqualTo(scan.settings().maxId());
              assertThat(window.lastId() - window.firstId() + 1)
                  .isBetween(1L, scan.settings().maxStepSize());
            });
  }

  @Property(seed = FixedSeed.VALUE)
  void windows_are_fixed_where_the_widest_is_a_step(@ForAll("scans") Scan scan) {
    ScanSettings all = scan.settings();
    long step = all.stepSize();
    ScanSettings fixed =
        new ScanSettings(all.initialId(), step, step, all.maxId(), all.maxGap(), 0, 0);

    for (IdWindow window : SimulatedRun.of(fixed, scan.ids()).windows()) {
      assertThat(window).isEqualTo(IdWindow.of(window.firstId(), step, all.maxId()));
    }
  }

  @Property(seed = FixedSeed.VALUE)
  void each_id_with_a_gap_in_front_that_is_narrower_than_max_gap_is_asked_once(
      @ForAll("scans") Scan scan) {
    assertThat(SimulatedRun.of(scan.settings(), scan.ids()).ids())
        .doesNotHaveDuplicates()
        .containsAll(scan.reachable());
  }

  @Property(seed = FixedSeed.VALUE)
  void a_run_ends_at_max_id_or_behind_max_gap_unused_ids_and_not_a_window_later(
      @ForAll("scans") Scan scan) {
    ScanSettings settings = scan.settings();
    List<Asked> asked = SimulatedRun.of(settings, scan.ids()).asked();

    long highest = settings.initialId() - 1;
    for (int i = 0; i < asked.size(); i++) {
      Asked window = asked.get(i);
      highest = window.ids().isEmpty() ? highest : window.ids().last();
      boolean gapTooWide =
          window.ids().isEmpty() && window.window().lastId() - highest >= settings.maxGap();
      boolean end = gapTooWide || window.window().lastId() == settings.maxId();
      assertThat(end).as("end at %s", window).isEqualTo(i == asked.size() - 1);
    }
  }

  @Property(seed = FixedSeed.VALUE)
  void the_checkpoint_is_always_the_id_behind_the_highest_that_was_seen(
      @ForAll("scans") Scan scan) {
    long expected = scan.settings().initialId();

    for (Asked window : SimulatedRun.of(scan.settings(), scan.ids()).asked()) {
      if (!window.ids().isEmpty()) {
        long highest = window.ids().last();
        expected = highest == Long.MAX_VALUE ? highest : highest + 1;
      }
      assertThat(window.checkpoint().currentId()).isEqualTo(expected);
    }
  }

  @Property(seed = FixedSeed.VALUE)
  void a_run_that_is_killed_after_any_window_loses_nothing(
      @ForAll("scans") Scan scan, @ForAll @IntRange(max = 20) int windows) {
    Checkpoint start = new Checkpoint(scan.settings().initialId());
    SimulatedRun killed = SimulatedRun.killedAfter(windows, start, scan.settings(), scan.ids());
    SimulatedRun next = SimulatedRun.of(killed.checkpoint(), scan.settings(), scan.ids());

    NavigableSet<Long> seen = new TreeSet<>(killed.ids());
    seen.addAll(next.ids());

    assertThat(seen).containsAll(scan.reachable());
  }

  @Provide
  Arbitrary<List<Long>> distances() {
    return ScanArbitraries.distances(30).list().ofMaxSize(40);
  }

  @Property(seed = FixedSeed.VALUE)
  void a_run_finds_all_ids_that_were_appended_since_the_last_one(
      @ForAll("distances") List<Long> before,
      @ForAll("distances") List<Long> appended,
      @ForAll @LongRange(min = 1, max = 40) long stepSize,
      @ForAll @LongRange(min = 30, max = 60) long maxGap) {
    ScanSettings settings =
        new ScanSettings(1, stepSize, 4 * stepSize, Long.MAX_VALUE, maxGap, 0, 0);
    NavigableSet<Long> old = ScanArbitraries.ids(1, before);
    NavigableSet<Long> added = ScanArbitraries.ids(old.isEmpty() ? 1 : old.last() + 1, appended);
    NavigableSet<Long> all = new TreeSet<>(old);
    all.addAll(added);

    Checkpoint checkpoint = SimulatedRun.of(settings, old).checkpoint();

    assertThat(SimulatedRun.of(checkpoint, settings, all).ids()).containsExactlyElementsOf(added);
  }

  @Provide
  Arbitrary<Long> anyGap() {
    return Arbitraries.longs().between(1, Long.MAX_VALUE / 4);
  }

  @Property(seed = FixedSeed.VALUE)
  void a_gap_costs_about_the_logarithm_of_its_width_in_steps(
      @ForAll("anyGap") long gap, @ForAll @LongRange(min = 1, max = 10_000) long stepSize) {
    long farId = gap + 2;
    ScanSettings settings =
        new ScanSettings(1, stepSize, Long.MAX_VALUE, farId, Long.MAX_VALUE, 0, 0);

    SimulatedRun run = SimulatedRun.of(settings, new TreeSet<>(List.of(1L, farId)));

    double steps = Math.max(1, (double) gap / stepSize);
    assertThat(run.ids()).containsExactly(1L, farId);
    assertThat((double) run.windows().size())
        .isLessThanOrEqualTo(Math.log(steps) / Math.log(2) + 3);
  }
}
