package io.stepsync.window;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * An inclusive range of IDs, {@code firstId..lastId}, that is asked in one request.
 *
 * <p>Immutable. IDs are whole numbers from 0 to 2<sup>63</sup>−1.
 *
 * @param firstId the lowest ID of the window, at least 0
 * @param lastId the highest ID of the window, at least {@code firstId}
 */
public record IdWindow(long firstId, long lastId) {

  /**
   * @throws IllegalArgumentException if {@code firstId} is negative or above {@code lastId}
   */
  public IdWindow {
    if (firstId < 0 || lastId < firstId) {
      throw new IllegalArgumentException(
          "a window must be 0 <= firstId <= lastId, was " + firstId + ".." + lastId);
    }
  }

  /** Returns the window of {@code width} IDs from {@code firstId}, cut off at {@code highestId}. */
  static IdWindow of(long firstId, long width, long highestId) {
    long distance = Math.min(width - 1, highestId - firstId);
    return new IdWindow(firstId, firstId + distance);
  }

  /** Returns a window for each of {@code ids}, the lowest first. */
  public static List<IdWindow> singles(Collection<Long> ids) {
    return ids.stream().sorted().distinct().map(id -> new IdWindow(id, id)).toList();
  }

  /**
   * Returns windows of at most {@code width} IDs that begin and end at one of {@code ids}, and
   * together have all of them.
   *
   * @param ids the lowest first; some may come twice
   */
  public static List<IdWindow> around(List<Long> ids, long width) {
    List<IdWindow> windows = new ArrayList<>();
    for (long id : ids) {
      int last = windows.size() - 1;
      if (last >= 0 && id - windows.get(last).firstId < width) {
        windows.set(last, new IdWindow(windows.get(last).firstId, id));
      } else {
        windows.add(new IdWindow(id, id));
      }
    }
    return List.copyOf(windows);
  }

  /** Returns how many IDs the window has; {@link Long#MAX_VALUE} where it is one more than that. */
  public long width() {
    long distance = lastId - firstId;
    return distance == Long.MAX_VALUE ? distance : distance + 1;
  }

  /** Tells whether the window has one ID, and so cannot be halved. */
  public boolean isSingle() {
    return firstId == lastId;
  }

  /** Returns the two halves of the window, the lower one first; it must not be single. */
  public List<IdWindow> halves() {
    return splitAfter(firstId + (lastId - firstId) / 2);
  }

  /** Returns the two parts of the window, the lower one up to {@code id} or as near as can be. */
  List<IdWindow> splitAfter(long id) {
    long end = Math.max(firstId, Math.min(id, lastId - 1));
    return List.of(new IdWindow(firstId, end), new IdWindow(end + 1, lastId));
  }

  /** Returns the parts of the window whose IDs have as many decimal digits, the lowest first. */
  public List<IdWindow> byDigits() {
    List<IdWindow> parts = new ArrayList<>();
    long first = firstId;
    for (long power = 10; power > 0 && power <= lastId; power = timesTen(power)) {
      if (first < power) {
        parts.add(new IdWindow(first, power - 1));
        first = power;
      }
    }
    parts.add(new IdWindow(first, lastId));
    return List.copyOf(parts);
  }

  /** Returns 0 where the product is too large. */
  private static long timesTen(long power) {
    return power > Long.MAX_VALUE / 10 ? 0 : 10 * power;
  }

  /** Tells whether {@code id} lies inside the window. */
  public boolean contains(long id) {
    return firstId <= id && id <= lastId;
  }

  /** Returns the IDs that both have; nothing where there are none. */
  public Optional<IdWindow> and(IdWindow other) {
    long first = Math.max(firstId, other.firstId);
    long last = Math.min(lastId, other.lastId);
    return first <= last ? Optional.of(new IdWindow(first, last)) : Optional.empty();
  }

  /** The window as it is named in messages: {@code 1..1000}. */
  @Override
  public String toString() {
    return firstId + ".." + lastId;
  }
}
