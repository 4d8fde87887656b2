package io.stepsync.ops;

import io.stepsync.StreamSettings;
import io.stepsync.sync.IdWindow;
import io.stepsync.sync.ScanSettings;
import io.stepsync.sync.StepAim;
import io.stepsync.sync.WindowPlan;
import java.util.Optional;

/**
 * What a run would ask, as far as that can be told before it.
 *
 * @param firstId the first ID that it asks
 * @param lastId the last ID that it asks at most; null where that is not known
 * @param end what ends it: headUrl, maxId, maxGap, or nothing to ask
 * @param leastWindows the windows that it asks if there is nothing new; more where records are
 * @param mostWindows the windows that it asks if none is empty, cut or in trouble; null where that
 *     is not known
 * @param besides the requests that are not windows
 */
record PlannedRun(
    long firstId, Long lastId, String end, long leastWindows, Long mostWindows, long besides) {

  static final String NOTHING = "nothing to ask";

  /** More windows than this are not counted one by one. */
  private static final int MOST_COUNTED = 1_000_000;

  /**
   * @param plan of a run that has asked nothing yet
   * @param headKnown whether the plan ends at the API's highest ID
   * @param failedIds the IDs without an answer that are asked again
   */
  static PlannedRun of(StreamSettings stream, WindowPlan plan, boolean headKnown, long failedIds) {
    long besides = besides(stream, failedIds);
    if (plan.next().isEmpty()) {
      return new PlannedRun(plan.position(), null, NOTHING, 0, 0L, besides);
    }
    ScanSettings scan = stream.scan();
    boolean ends = plan.maxId() != Long.MAX_VALUE;
    boolean atMaxId = ends && plan.maxId() == scan.maxId();
    String end = atMaxId ? "maxId" : headKnown ? "headUrl" : ends ? "maxId" : "maxGap";
    Long lastId = ends ? plan.maxId() : null;
    Long most = ends && scan.stepAim().equals(StepAim.NONE) ? windows(plan, scan.stepSize()) : null;
    return new PlannedRun(plan.position(), lastId, end, windowsWithoutRecords(plan), most, besides);
  }

  private static long besides(StreamSettings stream, long failedIds) {
    return failedIds
        + (stream.request().headUrl() == null ? 0 : 1)
        + (stream.request().auth().needsToken() ? 1 : 0)
        + (stream.scan().openEnded() ? 1 : 0);
  }

  private static long windows(WindowPlan plan, long stepSize) {
    return (plan.maxId() - plan.position()) / stepSize + 1;
  }

  private static long windowsWithoutRecords(WindowPlan plan) {
    long windows = 0;
    Optional<IdWindow> next = plan.next();
    for (WindowPlan at = plan; next.isPresent() && windows < MOST_COUNTED; next = at.next()) {
      at = at.foundNothing(next.get());
      windows++;
    }
    return windows;
  }

  long leastRequests() {
    return leastWindows + besides;
  }

  Long mostRequests() {
    return mostWindows == null ? null : mostWindows + besides;
  }
}
