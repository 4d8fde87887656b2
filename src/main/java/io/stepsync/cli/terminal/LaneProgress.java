package io.stepsync.cli.terminal;

import io.stepsync.run.Counters;
import io.stepsync.run.Run;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * How far the runs of a stream's lanes are, each as it was at its last window. That of a single
 * lane is told by its IDs, that of several by how many they have asked together, of those that they
 * have to. Not thread-safe, but the runs may be of other threads.
 */
public final class LaneProgress {

  private final Map<Integer, Lane> lanes = new TreeMap<>();
  private int count;

  /** What is known of a lane's run. */
  private record Lane(Run run, long firstId, long lastId, long maxId, long records, boolean going) {

    private static Lane of(Run run) {
      Counters done = run.getCounters();
      return new Lane(
          run, done.firstId(), done.lastId(), run.getMaxId(), done.records(), run.isGoing());
    }
  }

  /** Tells whether {@code run} is of the same stream, and the only one of its lane. */
  public boolean isOf(Run run) {
    Lane known = lanes.get(run.getLane());
    boolean sameStream =
        lanes.values().stream().allMatch(lane -> lane.run.getStream().equals(run.getStream()));
    return sameStream && (known == null || known.run == run);
  }

  /** To be called by the thread of the run. */
  public void windowDone(Run run) {
    lanes.put(run.getLane(), Lane.of(run));
    count = run.getLaneCount();
  }

  private boolean isSingle() {
    return count == 1;
  }

  private Lane single() {
    return lanes.values().iterator().next();
  }

  /** Returns where the bar begins. */
  public long start() {
    return isSingle() ? Math.max(0, single().firstId - 1) : 0;
  }

  public long position() {
    return isSingle() ? single().lastId : sum(lane -> lane.lastId - lane.firstId + 1);
  }

  /** Returns where the bar ends; −1 where that is not known. */
  public long last() {
    if (lanes.values().stream().anyMatch(lane -> lane.maxId == Long.MAX_VALUE)) {
      return -1;
    }
    return isSingle() ? single().maxId : sum(lane -> lane.maxId - lane.firstId + 1);
  }

  public long records() {
    return sum(Lane::records);
  }

  private long sum(ToLongFunction<Lane> part) {
    return lanes.values().stream().mapToLong(part).sum();
  }

  /** Tells whether no lane has a window left to ask. */
  public boolean isAtEnd() {
    return lanes.size() >= count && lanes.values().stream().noneMatch(Lane::going);
  }
}
