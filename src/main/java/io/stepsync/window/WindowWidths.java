package io.stepsync.window;

/**
 * How wide a run's windows are: as the density of the IDs asks for, wider over gaps, and narrow for
 * a while where the API was in trouble.
 *
 * <p>Immutable.
 *
 * @param next the IDs of the next window
 * @param usual the IDs of a window behind one with records, at most {@code step}
 * @param widest the IDs that no window exceeds at the moment
 * @param allowed the IDs that no window of this run exceeds
 * @param step the IDs that the density asks for: the step size where they are dense; less where
 *     answers of that width are cut
 * @param calm the windows since the last trouble
 * @param stepSize the setting: the records that an answer should have
 * @param density how many IDs there are for each record
 */
record WindowWidths(
    long next,
    long usual,
    long widest,
    long allowed,
    long step,
    int calm,
    long stepSize,
    Density density) {

  /** So many windows without trouble, and wider ones are tried again. */
  private static final int CALM = 16;

  /** A window of more steps is in no table of dense IDs: gaps of those are crossed faster. */
  private static final long FAR = 1000;

  /** So many times wider or narrower is a window of more steps than that than the one before. */
  private static final long FASTER = 4;

  /** So many times wider is a window where the one before it was of sparse IDs as well. */
  private static final long SURE = 64;

  /** So many records tell the density by themselves. */
  private static final long ENOUGH = 16;

  /**
   * @param limit the number of records at which answers are cut; 0 where that is not known
   */
  static WindowWidths of(ScanSettings settings, Density density, long limit) {
    long size = settings.stepSize();
    long most = settings.maxStepSize();
    Density known = settings.openEnded() ? Density.UNKNOWN : density;
    long step = Math.min(most, known.width(aim(size, limit), size));
    return new WindowWidths(step, step, most, most, step, 0, size, known);
  }

  /** An answer should stay below the number at which answers are cut. */
  private static long aim(long stepSize, long limit) {
    return limit > 0 ? Math.max(1, Math.min(stepSize, limit - 1)) : stepSize;
  }

  /** A window was answered with records, and the next is as wide as usual. */
  WindowWidths afterRecords() {
    WindowWidths calmer = calmer();
    return calmer.withNext(calmer.usual);
  }

  /**
   * {@code window} was answered with records: the next one is to have about as many as an answer
   * should.
   *
   * @param found those that were not known before
   * @param below the highest ID that is known below them; −1 for none
   * @param limit the number of records at which answers are cut; 0 where that is not known
   */
  WindowWidths afterRecords(IdWindow window, FoundIds found, long below, long limit) {
    WindowWidths calmer = calmer();
    long aim = aim(stepSize, limit);
    long count = found.size().ids();
    boolean isAsItShouldBe =
        density.isKnown() && window.width() == usual && count >= aim / 2 && count / 2 <= aim;
    if (isAsItShouldBe) {
      return calmer.withNext(calmer.usual);
    }
    Density now = density(found, below, aim);
    long dense = step <= stepSize ? step : Math.max(1, Math.min(stepSize, aim));
    long asked =
        Math.min(now.width(aim, dense), Density.times(density.isSparse() ? SURE : FASTER, step));
    long newStep = Math.max(1, Math.min(asked, allowed));
    long newUsual =
        calmer.usual < step ? Math.min(calmer.usual, newStep) : Math.min(newStep, calmer.widest);
    return new WindowWidths(
        newUsual, newUsual, calmer.widest, allowed, newStep, calmer.calm, stepSize, now);
  }

  /** The upper half of many records tells of the next ones; of a few, the gap in front as well. */
  private Density density(FoundIds found, long below, long aim) {
    long count = found.size().ids();
    if (count >= ENOUGH && count >= aim / 4) {
      boolean many = count > aim;
      return many
          ? Density.of(count / 2, found.highest() - found.median())
          : Density.of(count, found.highest() - found.lowest() + 1);
    }
    if (below >= 0 && below < found.lowest()) {
      return density.with(count, found.highest() - below);
    }
    return count > 1 ? density.with(count - 1, found.highest() - found.lowest()) : density;
  }

  /** A window was empty: the next is wider. */
  WindowWidths afterNothing() {
    return calmer().withNext(times(isFar(next) ? FASTER : 2, next, widest));
  }

  private boolean isFar(long width) {
    return width >= Density.times(FAR, stepSize);
  }

  /** The API could not answer {@code window}: none is as wide for a while. */
  WindowWidths afterTrouble(IdWindow window) {
    boolean far = isFar(window.width());
    long part = Math.max(1, window.width() / (far ? FASTER : 2));
    long narrow = Math.min(usual, part);
    long then = far ? part : narrow;
    return new WindowWidths(then, narrow, part, allowed, step, 0, stepSize, density);
  }

  /**
   * The API refused {@code window} for its width: no window of the run is wider than what the
   * density asks for, or if that was refused, than the step size. One that is far wider is tried
   * less wide first.
   */
  WindowWidths afterRefusal(IdWindow window) {
    if (isFar(window.width() / FASTER)) {
      return afterTrouble(window);
    }
    return next > step ? atMost(step) : inSteps();
  }

  /** No window of the run is wider than the step size. */
  WindowWidths inSteps() {
    return atMost(Math.min(step, stepSize));
  }

  private WindowWidths atMost(long least) {
    return new WindowWidths(
        Math.min(next, least),
        Math.min(usual, least),
        least,
        Math.max(least, stepSize),
        least,
        calm,
        stepSize,
        density);
  }

  /** The answer to {@code window} was cut: the next ones are narrow enough. */
  WindowWidths afterCut(IdWindow window) {
    long narrow = Math.max(1, Math.min(usual, window.width() / 2));
    return new WindowWidths(narrow, narrow, widest, allowed, narrow, 0, stepSize, density);
  }

  private WindowWidths withNext(long width) {
    return new WindowWidths(width, usual, widest, allowed, step, calm, stepSize, density);
  }

  private WindowWidths calmer() {
    if (calm + 1 < CALM) {
      return new WindowWidths(next, usual, widest, allowed, step, calm + 1, stepSize, density);
    }
    long wider = times(2, widest, allowed);
    return new WindowWidths(
        next, Math.min(step, times(2, usual, wider)), wider, allowed, step, 0, stepSize, density);
  }

  private static long times(long factor, long old, long most) {
    return old > most / factor ? most : factor * old;
  }
}
