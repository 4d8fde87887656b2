package io.stepsync.window;

/**
 * How wide a run's windows are: doubled over gaps, and narrow for a while where the API was in
 * trouble.
 *
 * <p>Immutable.
 *
 * @param next the IDs of the next window
 * @param usual the IDs of a window behind one with records, at most {@code step}
 * @param widest the IDs that no window exceeds at the moment
 * @param allowed the IDs that no window of this run exceeds
 * @param step the step size; less where answers of that width are cut, and what adaptiveStep made
 *     of it
 * @param calm the windows since the last trouble
 */
record WindowWidths(long next, long usual, long widest, long allowed, long step, int calm) {

  /** So many windows without trouble, and wider ones are tried again. */
  private static final int CALM = 16;

  static WindowWidths of(ScanSettings settings) {
    long step = settings.stepSize();
    long most = settings.maxStepSize();
    return new WindowWidths(step, step, most, most, step, 0);
  }

  /** {@code window} was answered with records. */
  WindowWidths afterRecords(IdWindow window, AdaptiveStep.Verdict verdict) {
    WindowWidths calmer = calmer();
    return switch (verdict) {
      case AS_IS -> calmer.withNext(calmer.usual);
      case WIDER ->
          calmer.withStep(
              window.width() < calmer.usual ? calmer.usual : doubled(calmer.usual, calmer.widest));
      case NARROWER -> calmer.withStep(Math.max(1, Math.min(calmer.usual, window.width() / 2)));
    };
  }

  /** A window was empty: the next is twice as wide. */
  WindowWidths afterNothing() {
    return calmer().withNext(doubled(next, widest));
  }

  /** The API could not answer {@code window}: none is as wide for a while. */
  WindowWidths afterTrouble(IdWindow window) {
    long half = Math.max(1, window.width() / 2);
    long narrow = Math.min(usual, half);
    return new WindowWidths(narrow, narrow, half, allowed, step, 0);
  }

  /** The API refused a window for its width: no window of the run is wider than a step. */
  WindowWidths afterRefusal(long stepSize) {
    long least = Math.min(step, stepSize);
    return new WindowWidths(
        Math.min(next, least), Math.min(usual, least), least, stepSize, least, calm);
  }

  /** The answer to {@code window} was cut: the next ones are narrow enough. */
  WindowWidths afterCut(IdWindow window) {
    long narrow = Math.max(1, Math.min(usual, window.width() / 2));
    return new WindowWidths(narrow, narrow, widest, allowed, narrow, 0);
  }

  private WindowWidths withStep(long width) {
    return new WindowWidths(width, width, widest, allowed, width, calm);
  }

  private WindowWidths withNext(long width) {
    return new WindowWidths(width, usual, widest, allowed, step, calm);
  }

  private WindowWidths calmer() {
    if (calm + 1 < CALM) {
      return new WindowWidths(next, usual, widest, allowed, step, calm + 1);
    }
    long wider = doubled(widest, allowed);
    return new WindowWidths(next, Math.min(step, doubled(usual, wider)), wider, allowed, step, 0);
  }

  private static long doubled(long old, long most) {
    return old > most / 2 ? most : 2 * old;
  }
}
