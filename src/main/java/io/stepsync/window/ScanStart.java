package io.stepsync.window;

/**
 * What a run knows when it starts.
 *
 * <p>Immutable.
 *
 * @param checkpoint the next ID that is not settled
 * @param answerLimit what {@link WindowPlan#answerLimit} gave at the end of the run before
 * @param known what {@link WindowPlan#known} gave then
 * @param young what {@link WindowPlan#young} gave then
 * @param density what {@link WindowPlan#density} gave then
 * @param loaded whether a run was caught up before; if not, this is the first load
 * @param highestId the highest ID that is known to be in use, in any lane; −1 for none
 * @param now the time, in milliseconds since 1970
 */
public record ScanStart(
    Checkpoint checkpoint,
    AnswerLimit answerLimit,
    RecordsBelow known,
    YoungIds young,
    Density density,
    boolean loaded,
    long highestId,
    long now) {

  /** Returns the start of a first run, which knows nothing of the API. */
  public static ScanStart at(Checkpoint checkpoint) {
    return new ScanStart(
        checkpoint,
        AnswerLimit.UNKNOWN,
        RecordsBelow.NOTHING,
        YoungIds.NONE,
        Density.UNKNOWN,
        false,
        -1,
        0);
  }

  /** Returns this with another checkpoint, of which nothing else is known. */
  public ScanStart restartedAt(Checkpoint other) {
    return new ScanStart(
        other, answerLimit, RecordsBelow.NOTHING, YoungIds.NONE, density, false, highestId, now);
  }

  /** Returns this where {@code id} is known to be in use as well. */
  public ScanStart knowing(long id) {
    return new ScanStart(
        checkpoint, answerLimit, known, young, density, loaded, Math.max(highestId, id), now);
  }

  /** Returns this where the IDs may be as dense as any. */
  public ScanStart withoutDensity() {
    return new ScanStart(
        checkpoint, answerLimit, known, young, Density.UNKNOWN, loaded, highestId, now);
  }
}
