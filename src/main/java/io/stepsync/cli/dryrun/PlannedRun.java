package io.stepsync.cli.dryrun;

import io.stepsync.StreamSettings;
import io.stepsync.window.FoundIds;
import io.stepsync.window.IdWindow;
import io.stepsync.window.Outcome;
import io.stepsync.window.ScanSettings;
import io.stepsync.window.WindowPlan;
import java.util.List;
import java.util.Optional;

/**
 * What a run would ask, as far as that can be told before it; where the stream has several lanes,
 * what their runs would together.
 *
 * @param firstId the first ID that it asks
 * @param lastId the last ID that it asks at most; null where that is not known
 * @param end what ends it: headUrl, maxId, maxGap, or nothing to ask
 * @param leastWindows the windows that it asks if there is nothing new; more where records are
 * @param mostWindows the windows that it asks if none is empty, cut or in trouble; null where that
 *     is not known
 * @param besides the requests that are not windows
 * @param lanes those which have something to ask, side by side
 * @param longest the windows of the lane that has the most of them, where they are known
 */
record PlannedRun(
    long firstId,
    Long lastId,
    String end,
    long leastWindows,
    Long mostWindows,
    long besides,
    int lanes,
    Longest longest) {

  static final String NOTHING = "nothing to ask";

  /** So many windows are followed one by one: by then they are as wide as they get. */
  private static final int FOLLOWED = 1000;

  /** The least and the most windows of one lane, as those of all. */
  record Longest(long leastWindows, Long mostWindows) {

    private Longest and(Longest other) {
      return new Longest(
          Math.max(leastWindows, other.leastWindows),
          mostWindows == null || other.mostWindows == null
              ? null
              : Math.max(mostWindows, other.mostWindows));
    }
  }

  /**
   * @param plans of the lanes, of which nothing was asked yet
   * @param headKnown whether the plans end at the API's highest ID
   * @param once the requests besides that are made once, whatever lanes there are
   */
  static PlannedRun of(
      StreamSettings stream, List<WindowPlan> plans, boolean headKnown, long once) {
    return plans.stream()
        .map(plan -> of(stream, plan, headKnown))
        .reduce(PlannedRun::and)
        .orElseThrow()
        .besides(once);
  }

  private static PlannedRun of(StreamSettings stream, WindowPlan plan, boolean headKnown) {
    long besides = besides(stream);
    if (plan.next().isEmpty()) {
      return new PlannedRun(plan.position(), null, NOTHING, 0, 0L, besides, 0, new Longest(0, 0L));
    }
    ScanSettings scan = stream.scan();
    boolean ends = plan.maxId() != Long.MAX_VALUE;
    boolean atMaxId = ends && plan.maxId() == scan.maxId();
    String end = atMaxId ? "maxId" : headKnown ? "headUrl" : ends ? "maxId" : "maxGap";
    Long lastId = ends ? plan.maxId() : null;
    Long most = ends ? windows(plan.position(), plan.maxId(), plan.usualWidth()) : null;
    long least = windowsWithoutRecords(plan);
    return new PlannedRun(
        plan.position(), lastId, end, least, most, besides, 1, new Longest(least, most));
  }

  /** Returns this run with that of {@code higher}, a lane above it. */
  private PlannedRun and(PlannedRun higher) {
    PlannedRun last = higher.isNothing() ? this : higher;
    return new PlannedRun(
        isNothing() ? higher.firstId : firstId,
        last.lastId,
        last.end,
        leastWindows + higher.leastWindows,
        mostWindows == null || higher.mostWindows == null ? null : mostWindows + higher.mostWindows,
        besides + higher.besides,
        lanes + higher.lanes,
        longest.and(higher.longest));
  }

  private PlannedRun besides(long more) {
    return new PlannedRun(
        firstId, lastId, end, leastWindows, mostWindows, besides + more, lanes, longest);
  }

  boolean isNothing() {
    return end.equals(NOTHING);
  }

  private static long besides(StreamSettings stream) {
    return (stream.request().headUrl() == null ? 0 : 1L) + (stream.scan().openEnded() ? 1L : 0);
  }

  /** Once windows have their full width, the rest is a division. */
  private static long windowsWithoutRecords(WindowPlan plan) {
    long windows = 0;
    Optional<IdWindow> next = plan.next();
    WindowPlan at = plan;
    while (next.isPresent()) {
      WindowPlan before = at;
      at = at.after(new Outcome.Answered(next.get(), FoundIds.NONE, 0, 0));
      windows++;
      next = at.next();
      if (windows == FOLLOWED) {
        long width = Math.max(1, at.position() - before.position());
        return windows + windows(at.position(), plan.endIfEmpty(), width);
      }
    }
    return windows;
  }

  private static long windows(long firstId, long lastId, long width) {
    return firstId > lastId ? 0 : (lastId - firstId) / width + 1;
  }

  long leastRequests() {
    return leastWindows + besides;
  }

  Long mostRequests() {
    return mostWindows == null ? null : mostWindows + besides;
  }
}
