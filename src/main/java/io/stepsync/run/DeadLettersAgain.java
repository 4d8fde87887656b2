package io.stepsync.run;

import io.stepsync.http.Answer;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.IdWindow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run goes over again.
 *
 * <p>Not changed once it is made.
 *
 * @param fetches the IDs that the API could not answer for, and is asked again
 * @param records the stored records that were refused, as JSON, by their IDs
 */
record DeadLettersAgain(NavigableSet<Long> fetches, NavigableMap<Long, String> records) {

  static final DeadLettersAgain NONE = of(List.of());

  static DeadLettersAgain of(Collection<Long> ids) {
    return new DeadLettersAgain(new TreeSet<>(ids), Collections.emptyNavigableMap());
  }

  /** Returns these IDs, and {@code payloads} in the place of such that there were. */
  DeadLettersAgain with(SortedMap<Long, String> payloads) {
    return new DeadLettersAgain(fetches, new TreeMap<>(payloads));
  }

  boolean isAnyIn(IdWindow window) {
    return !fetches.subSet(window.firstId(), true, window.lastId(), true).isEmpty()
        || !recordsIn(window).isEmpty();
  }

  /** Below the checkpoint an ID is not asked but for itself. */
  Set<Long> below(Checkpoint checkpoint) {
    return fetches.headSet(checkpoint.currentId(), false);
  }

  /**
   * Returns windows that hold all records, in their order.
   *
   * @param mostRecords that one holds
   * @param mostBytes the characters that the records of one have; a single record may have more
   */
  List<IdWindow> windows(long mostRecords, long mostBytes) {
    List<IdWindow> windows = new ArrayList<>();
    long first = -1;
    long last = -1;
    long count = 0;
    long bytes = 0;
    for (Map.Entry<Long, String> record : records.entrySet()) {
      bytes += record.getValue().length();
      if (count > 0 && (count == mostRecords || bytes > mostBytes)) {
        windows.add(new IdWindow(first, last));
        count = 0;
        bytes = record.getValue().length();
      }
      first = count++ == 0 ? record.getKey() : first;
      last = record.getKey();
    }
    if (count > 0) {
      windows.add(new IdWindow(first, last));
    }
    return windows;
  }

  /** The stored records that stand for the answer to {@code window}, if the API is not asked. */
  Optional<Answer> answerTo(IdWindow window) {
    NavigableMap<Long, String> part = recordsIn(window);
    boolean among =
        !records.isEmpty()
            && window.firstId() >= records.firstKey()
            && window.lastId() <= records.lastKey();
    boolean asked = part.isEmpty() && window.isSingle() && fetches.contains(window.firstId());
    return among && !asked ? Optional.of(Answer.ofRecords(part.values())) : Optional.empty();
  }

  private NavigableMap<Long, String> recordsIn(IdWindow window) {
    return records.subMap(window.firstId(), true, window.lastId(), true);
  }
}
