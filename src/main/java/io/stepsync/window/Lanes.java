package io.stepsync.window;

import java.util.ArrayList;
import java.util.List;

/**
 * All lanes of a stream, by their IDs: each begins where the one before it ends, the lowest at 0,
 * and only the highest is open-ended. Their arithmetic loses no ID, and settles none.
 *
 * <p>Immutable.
 *
 * @param all the lanes, at least one
 */
public record Lanes(List<Lane> all) {

  /**
   * @throws IllegalArgumentException if the lanes leave IDs out, or have IDs twice
   */
  public Lanes {
    all = List.copyOf(all);
    long next = 0;
    for (Lane lane : all) {
      if (next < 0 || lane.firstId() != next) {
        throw new IllegalArgumentException(
            "a lane must begin behind the one before it, at " + next + ", was " + lane.firstId());
      }
      next = lane.isOpenEnded() ? -1 : lane.lastId() + 1;
    }
    if (next >= 0) {
      throw new IllegalArgumentException("the highest lane must be open-ended");
    }
  }

  /** Returns the one lane of a stream that is not cut, and of which nothing was asked. */
  public static Lanes from(long initialId) {
    return new Lanes(
        List.of(new Lane(0, Long.MAX_VALUE, new Checkpoint(initialId), RecordsBelow.NOTHING, 0)));
  }

  /**
   * Returns the lanes with what is not settled cut into {@code count} parts, as equal as steps
   * allow. Each part keeps its checkpoint, so that nothing is asked again: neighbours of which both
   * are half settled stay apart, even if there are more than {@code count} of them, and a part is a
   * step at least, even if there are fewer.
   *
   * @param count at least 1
   * @param stepSize at least 1
   * @param end the last ID that is worth a part; those above it stay with the highest lane
   */
  public Lanes cut(int count, long stepSize, long end) {
    List<Lane> joined = joined();
    int[] parts =
        new LaneShares(joined.stream().map(lane -> steps(lane, stepSize, end)).toList()).of(count);
    List<Lane> cut = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      split(joined.get(i), parts[i], stepSize, steps(joined.get(i), stepSize, end), cut);
    }
    return new Lanes(cut);
  }

  private List<Lane> joined() {
    List<Lane> joined = new ArrayList<>();
    for (Lane lane : all) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).canTake(lane)) {
        joined.set(last, joined.get(last).with(lane));
      } else {
        joined.add(lane);
      }
    }
    return joined;
  }

  private static long steps(Lane lane, long stepSize, long end) {
    long unsettled = lane.unsettled(end);
    return unsettled == 0 ? 0 : (unsettled - 1) / stepSize + 1;
  }

  private static void split(Lane lane, int parts, long stepSize, long steps, List<Lane> cut) {
    long base = steps / parts;
    long longer = steps % parts;
    long first = lane.checkpoint().currentId();
    Lane rest = lane;
    for (int part = 1; part < parts; part++) {
      long start = first + (base * part + Math.min(part, longer)) * stepSize;
      cut.add(
          new Lane(
              rest.firstId(),
              start - 1,
              rest.checkpoint(),
              rest.known(),
              rest.refreshId(),
              rest.young(),
              rest.loaded(),
              rest.density()));
      rest = Lane.untouched(start, lane.lastId(), lane);
    }
    cut.add(rest);
  }

  /** Tells whether only the highest lane has IDs that are not settled. */
  public boolean isSettledButForHighest() {
    return all.subList(0, all.size() - 1).stream().allMatch(Lane::isSettled);
  }

  /** Returns the next ID that is not settled, below which all are. */
  public Checkpoint checkpoint() {
    return lowestUnsettled().checkpoint();
  }

  /** Returns the lowest lane that has IDs which are not settled; the highest always has. */
  public Lane lowestUnsettled() {
    return all.stream().filter(lane -> !lane.isSettled()).findFirst().orElseThrow();
  }

  /** Returns the IDs that have about {@code records} records where they are most sparse. */
  public long width(long records) {
    return all.stream()
        .mapToLong(lane -> lane.density().width(records, records))
        .max()
        .orElseThrow();
  }

  /** Returns which IDs below the checkpoints may still come. */
  public YoungIds young() {
    YoungIds young = YoungIds.NONE;
    for (Lane lane : all) {
      young = young.and(lane.young());
    }
    return young;
  }

  /** Returns how many IDs up to {@code end} are not settled. */
  public long unsettled(long end) {
    long sum = 0;
    for (Lane lane : all) {
      long more = lane.unsettled(end);
      sum = more > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + more;
    }
    return sum;
  }

  /** Returns the ID behind the highest that was found in any lane, or the checkpoint. */
  public Checkpoint reached() {
    Lane reached = all.get(0);
    for (Lane lane : all) {
      reached = lane.isTouched() ? lane : reached;
    }
    return reached.checkpoint();
  }
}
