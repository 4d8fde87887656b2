package io.stepsync.sync;

/**
 * How wide a run's windows are: doubled over gaps, and narrow for a while where the API was in
 * trouble.
 *
 * <p>Immutable.
 *
 * @param next the IDs of the next window
 * @param usual the IDs of a window behind one with records, at most the step size
 * @param widest the IDs that no window exceeds at the moment
 * @param allowed the IDs that no window of this run exceeds
 * @param step the step size, or less where answers of that width are cut
 * @param calm the windows since the last trouble
 */
record Widths(long next, long usual, long widest, long allowed, long step, int calm) {

  /** So many windows without trouble, and wider ones are tried again. */
  private static final int CALM = 16;

  static Widths of(ScanSettings settings) {
    long step = settings.stepSize();
    long most = settings.maxStepSize();
    return new Widths(step, step, most, most, step, 0);
  }

  /** A window was answered with records. */
  Widths afterRecords() {
    Widths calmer = calmer();
    return calmer.withNext(calmer.usual);
  }

  /** A window was empty: the next is twice as wide. */
  Widths afterNothing() {
    return calmer().withNext(doubled(next));
  }

  /** The API could not answer {@code window}: none is as wide for a while. */
  Widths afterTrouble(IdWindow window) {
    long half = Math.max(1, window.width() / 2);
    long narrow = Math.min(usual, half);
    return new Widths(narrow, narrow, half, allowed, step, 0);
  }

  /** The API refused a window for its width: no window of the run is wider than a step. */
  Widths afterRefusal() {
    return new Widths(Math.min(next, step), usual, Math.min(widest, step), step, step, calm);
  }

  /** The answer to {@code window} was cut: the next ones are narrow enough. */
  Widths afterCut(IdWindow window) {
    long narrow = Math.max(1, Math.min(usual, window.width() / 2));
    return new Widths(narrow, narrow, widest, allowed, narrow, 0);
  }

  private Widths withNext(long width) {
    return new Widths(width, usual, widest, allowed, step, calm);
  }

  private Widths calmer() {
    if (calm + 1 < CALM) {
      return new Widths(next, usual, widest, allowed, step, calm + 1);
    }
    long wider = widest > allowed / 2 ? allowed : 2 * widest;
    return new Widths(next, Math.min(step, doubled(usual)), wider, allowed, step, 0);
  }

  private long doubled(long old) {
    return old > widest / 2 ? widest : 2 * old;
  }
}
