package io.stepsync.window;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The IDs of an answer's records.
 *
 * <p>Immutable, and so thread-safe.
 */
public final class FoundIds {

  /** The answer had no record. */
  public static final FoundIds NONE = of();

  private final long records;
  private final long[] ids;

  private FoundIds(long records, long[] ids) {
    this.records = records;
    this.ids = ids;
  }

  /**
   * Returns what an answer of these records holds.
   *
   * @param ids the ID of each record, at least 0, in any order, as often as it came
   */
  public static FoundIds of(long... ids) {
    long[] distinct = ids;
    if (!isGrowing(ids)) {
      distinct = LongStream.of(ids).sorted().distinct().toArray();
    }
    return new FoundIds(ids.length, distinct == ids ? ids.clone() : distinct);
  }

  private static boolean isGrowing(long[] ids) {
    for (int i = 1; i < ids.length; i++) {
      if (ids[i - 1] >= ids[i]) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether there was no record. */
  public boolean isEmpty() {
    return ids.length == 0;
  }

  /** Returns how many records there were, those with the same ID included, and how many IDs. */
  public AnswerSize size() {
    return new AnswerSize(records, ids.length);
  }

  /** Returns the lowest ID; there must be one. */
  public long lowest() {
    return ids[0];
  }

  /** Returns the highest ID; there must be one. */
  public long highest() {
    return ids[ids.length - 1];
  }

  /** Returns the ID in the middle; there must be one. */
  long median() {
    return ids[(ids.length - 1) / 2];
  }

  /** Tells whether a record has this ID. */
  public boolean contains(long id) {
    return Arrays.binarySearch(ids, id) >= 0;
  }

  /** Returns how many of the IDs lie in {@code window}. */
  public long countIn(IdWindow window) {
    return (long) indexFrom(window.lastId())
        + (contains(window.lastId()) ? 1 : 0)
        - indexFrom(window.firstId());
  }

  /** Returns those in {@code window}; of those with the same ID one is enough. */
  FoundIds in(IdWindow window) {
    if (ids.length > 0 && window.firstId() <= lowest() && highest() <= window.lastId()) {
      return this;
    }
    long[] inside = LongStream.of(ids).filter(window::contains).toArray();
    return new FoundIds(records - (ids.length - inside.length), inside);
  }

  /** Returns how many of the IDs are below {@code id}. */
  private int indexFrom(long id) {
    int index = Arrays.binarySearch(ids, id);
    return index < 0 ? -index - 1 : index;
  }

  /**
   * Returns the lowest range of IDs in {@code window} that has all of its unused ones.
   *
   * @return null where all are in use
   */
  IdWindow unusedIn(IdWindow window) {
    long first = window.firstId();
    int index = indexFrom(first);
    while (index < ids.length && ids[index] == first && first < window.lastId()) {
      first++;
      index++;
    }
    if (index < ids.length && ids[index] == first) {
      return null; // the last one is in use, too
    }
    long last = window.lastId();
    index = Arrays.binarySearch(ids, last);
    while (index >= 0 && ids[index] == last) {
      last--;
      index--;
    }
    return new IdWindow(first, last);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FoundIds that
        && records == that.records
        && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(records) + Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return records + " records of " + Arrays.toString(ids);
  }
}
