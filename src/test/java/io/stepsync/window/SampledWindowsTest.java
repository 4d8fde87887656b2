package io.stepsync.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsync.FixedSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class SampledWindowsTest {

  @Property(seed = FixedSeed.VALUE)
  void windows_lie_in_the_ranges_in_order_and_have_no_id_twice(
      @ForAll @Size(max = 5) List<@LongRange(min = 1, max = 1000) Long> widths,
      @ForAll @IntRange(min = 1, max = 100) int count,
      @ForAll @LongRange(min = 1, max = 300) long width,
      @ForAll long seed) {
    List<IdWindow> ranges = new ArrayList<>();
    long next = 7;
    for (long each : widths) {
      ranges.add(new IdWindow(next, next + each - 1));
      next += each + 3;
    }

    List<IdWindow> windows = SampledWindows.of(ranges, count, width, new Random(seed)::nextDouble);

    long last = -1;
    long ids = 0;
    for (IdWindow window : windows) {
      assertThat(window.firstId()).isGreaterThan(last);
      assertThat(ranges)
          .anyMatch(range -> range.contains(window.firstId()) && range.contains(window.lastId()));
      last = window.lastId();
      ids += window.width();
    }
    long all = ranges.stream().mapToLong(IdWindow::width).sum();
    assertThat(ids).isLessThanOrEqualTo(all);
    if (all >= count * width) {
      assertThat(ids).isBetween(count * (width - 1), count * width);
    }
    if (count >= all || width >= all) {
      assertThat(ids).isGreaterThanOrEqualTo(count >= all ? all : 0);
    }
  }

  @Example
  void they_are_spread_over_all_ids() {
    List<IdWindow> windows =
        SampledWindows.of(List.of(new IdWindow(1, Long.MAX_VALUE)), 3, 1000, () -> 0.5);

    assertThat(windows).hasSize(3).allMatch(window -> window.width() == 1000);
    assertThat(windows.get(0).firstId()).isLessThan(Long.MAX_VALUE / 3);
    assertThat(windows.get(2).firstId()).isGreaterThan(Long.MAX_VALUE / 3 * 2);
  }

  @Example
  void no_range_has_no_window() {
    assertThat(SampledWindows.of(List.of(), 3, 10, () -> 0)).isEmpty();
  }
}
