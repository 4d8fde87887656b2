package io.stepsync.window;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Chooses windows that are spread over ranges of IDs: one in each of parts as wide as another. */
public final class SampledWindows {

  private SampledWindows() {}

  /**
   * Returns the windows, the lowest first; fewer than {@code count} where there are not as many
   * IDs.
   *
   * @param ranges the lowest first, without an ID in common
   * @param count at least 1
   * @param width the IDs of a window, at least 1; fewer at the end of a part, or of a range
   * @param random gives 0 to 1, 1 not included; called once a part
   */
  public static List<IdWindow> of(
      List<IdWindow> ranges, int count, long width, DoubleSupplier random) {
    double ids = ranges.stream().mapToDouble(IdWindow::width).sum();
    long parts = (long) Math.min(count, ids);
    List<IdWindow> windows = new ArrayList<>();
    for (long part = 0; part < parts; part++) {
      long first = (long) Math.ceil(ids * part / parts);
      long end = (long) Math.ceil(ids * (part + 1) / parts);
      long room = Math.max(0, end - first - width);
      long offset = first + (long) (random.getAsDouble() * (room + 1.0));
      windows.addAll(windows(ranges, offset, Math.min(width, end - offset)));
    }
    return windows;
  }

  /** A window that begins so many IDs behind the first; two where a range ends in it. */
  private static List<IdWindow> windows(List<IdWindow> ranges, long offset, long width) {
    List<IdWindow> windows = new ArrayList<>();
    long skip = offset;
    long left = width;
    for (IdWindow range : ranges) {
      if (skip >= range.width()) {
        skip -= range.width();
      } else if (left > 0) {
        long first = range.firstId() + skip;
        IdWindow window = IdWindow.of(first, left, range.lastId());
        windows.add(window);
        left -= window.width();
        skip = 0;
      }
    }
    return windows;
  }
}
