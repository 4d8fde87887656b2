package io.stepsync.cli;

import io.stepsync.StreamSettings;
import io.stepsync.standing.StreamRuns;
import io.stepsync.steps.firing.Crons;
import io.stepsync.store.RunKind;
import io.stepsync.store.StateRows;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Tells how the refresh of a stream stands, over all of its lanes.
 *
 * @param runs the latest refresh of each lane
 */
record RefreshStatus(StreamSettings stream, StreamRuns runs, Instant now) {

  /** How the refresh of a lane stands. */
  private record LaneRefresh(int lane, long firstId, long position, Instant since) {

    boolean isBegun() {
      return position > firstId;
    }
  }

  /**
   * Returns the status; null where the stream has no {@code refreshSchedule} and never had a
   * refresh.
   *
   * @param all the state rows of the stream
   */
  StreamStatus.Refresh of(List<StateRows.Row> all) {
    List<StateRows.Row> rows = of(all, RunKind.REFRESH);
    List<StateRows.Row> syncs = of(all, RunKind.SYNC);
    String schedule = stream.refresh().schedule();
    if (schedule == null && rows.isEmpty()) {
      return null;
    }
    List<LaneRefresh> lanes =
        syncs.isEmpty()
            ? List.of(lane(0, 0, rows))
            : syncs.stream()
                .map(lane -> lane(lane.lane(), lane.firstId() == null ? 0 : lane.firstId(), rows))
                .toList();
    LaneRefresh next = lanes.stream().filter(LaneRefresh::isBegun).findFirst().orElse(lanes.get(0));
    return new StreamStatus.Refresh(
        runs.state(),
        next.position(),
        lanes.size() == 1 ? null : next.lane(),
        next.isBegun(),
        schedule == null ? null : next.isBegun() ? next.since() : due(schedule, lanes),
        runs.error().orElse(null));
  }

  private static List<StateRows.Row> of(List<StateRows.Row> all, RunKind kind) {
    return all.stream().filter(row -> row.isOf(kind)).toList();
  }

  private LaneRefresh lane(int lane, long laneFirst, List<StateRows.Row> rows) {
    long firstId = Math.max(laneFirst, stream.scan().initialId());
    return rows.stream()
        .filter(row -> row.lane() == lane)
        .findFirst()
        .map(row -> new LaneRefresh(lane, firstId, row.currentId(), row.updatedAt()))
        .orElse(new LaneRefresh(lane, firstId, firstId, now));
  }

  private static Instant due(String schedule, List<LaneRefresh> lanes) {
    return lanes.stream()
        .flatMap(lane -> Crons.next(schedule, lane.since()).stream())
        .min(Comparator.naturalOrder())
        .orElse(null);
  }
}
