package io.stepsync.run;

import io.stepsync.http.Answer;
import io.stepsync.window.Checkpoint;
import io.stepsync.window.IdWindow;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The IDs of dead letters that a run goes over again, and the stored records among them.
 *
 * <p>Not changed once it is made.
 */
record DeadLettersAgain(NavigableSet<Long> ids, Map<Long, String> records) {

  static final DeadLettersAgain NONE = new DeadLettersAgain(new TreeSet<>(), Map.of());

  static DeadLettersAgain of(Collection<Long> ids) {
    return new DeadLettersAgain(new TreeSet<>(ids), Map.of());
  }

  /** Returns these IDs, and those of the records, in the place of such that there were. */
  DeadLettersAgain with(Map<Long, String> payloads) {
    NavigableSet<Long> all = new TreeSet<>(ids);
    all.addAll(payloads.keySet());
    return new DeadLettersAgain(all, Map.copyOf(payloads));
  }

  boolean isAnyIn(IdWindow window) {
    return !ids.subSet(window.firstId(), true, window.lastId(), true).isEmpty();
  }

  /** Below the checkpoint an ID is not asked but for itself. */
  Set<Long> below(Checkpoint checkpoint) {
    return ids.headSet(checkpoint.currentId(), false);
  }

  /** The stored record that stands for the answer to {@code window}, if any. */
  Optional<Answer> answerTo(IdWindow window) {
    return window.isSingle()
        ? Optional.ofNullable(records.get(window.firstId())).map(Answer::ofRecord)
        : Optional.empty();
  }
}
