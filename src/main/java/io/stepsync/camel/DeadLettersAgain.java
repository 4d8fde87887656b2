package io.stepsync.camel;

import io.stepsync.http.Answer;
import io.stepsync.sync.IdWindow;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The IDs of dead letters that a run goes over again, and the stored records among them.
 *
 * <p>Immutable.
 */
record DeadLettersAgain(Set<Long> ids, Map<Long, String> records) {

  static final DeadLettersAgain NONE = new DeadLettersAgain(Set.of(), Map.of());

  static DeadLettersAgain of(Collection<Long> ids) {
    return new DeadLettersAgain(Set.copyOf(ids), Map.of());
  }

  DeadLettersAgain with(Map<Long, String> payloads) {
    Set<Long> all = new HashSet<>(ids);
    all.addAll(payloads.keySet());
    return new DeadLettersAgain(Set.copyOf(all), Map.copyOf(payloads));
  }

  boolean contains(IdWindow window) {
    return window.isSingle() && ids.contains(window.firstId());
  }

  /** The stored record that stands for the answer to {@code window}, if any. */
  Optional<Answer> answerTo(IdWindow window) {
    return window.isSingle()
        ? Optional.ofNullable(records.get(window.firstId())).map(Answer::ofRecord)
        : Optional.empty();
  }
}
