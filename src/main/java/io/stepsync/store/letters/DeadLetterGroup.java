package io.stepsync.store.letters;

/**
 * The dead letters of a stream that were refused for the same reason, whatever their values.
 *
 * @param kind as in {@link StoredDeadLetter}
 * @param reason what they have in common, as {@link io.stepsync.jdbc.DeadLetter#rule} gives it
 * @param count how many there are
 * @param exampleId the lowest ID among them
 */
public record DeadLetterGroup(
    String stream, String kind, String reason, long count, long exampleId) {

  DeadLetterGroup plus(DeadLetterGroup other) {
    return new DeadLetterGroup(
        stream, kind, reason, count + other.count, Math.min(exampleId, other.exampleId));
  }
}
