package io.stepsync.window;

/**
 * A range of IDs below the checkpoint that a run asks again, in windows that double while they are
 * empty.
 *
 * <p>Immutable.
 *
 * @param rest what is still to be asked
 * @param width the IDs of the next window
 * @param step the IDs of a window that holds records
 * @param widest the most IDs of a window
 * @param witness the ID below the range, whose record is in each answer to a window wider than a
 *     step; −1 for none
 */
record AskedAgain(IdWindow rest, long width, long step, long widest, long witness) {

  static final long NO_WITNESS = -1;

  /**
   * @param believed the widest window whose answer is believed without a witness
   */
  IdWindow next(long believed) {
    IdWindow plain = IdWindow.of(rest.firstId(), width, rest.lastId());
    if (plain.width() <= believed) {
      return plain;
    }
    if (witness == NO_WITNESS || plain.lastId() - witness >= widest) {
      return IdWindow.of(rest.firstId(), believed, rest.lastId());
    }
    return new IdWindow(witness, plain.lastId());
  }

  /**
   * Returns what is left after {@code window}; null where that is nothing.
   *
   * @param empty whether the window held no record, so that the next is wider
   */
  AskedAgain after(IdWindow window, boolean empty) {
    if (window.lastId() >= rest.lastId()) {
      return null;
    }
    long next = !empty ? step : width > widest / 2 ? widest : 2 * width;
    return new AskedAgain(
        new IdWindow(window.lastId() + 1, rest.lastId()), next, step, widest, witness);
  }

  /** Returns the same in windows of so many IDs, which are believed. */
  AskedAgain inSteps(long stepSize) {
    return new AskedAgain(rest, stepSize, stepSize, stepSize, NO_WITNESS);
  }

  /** Returns the same in windows that are narrower than {@code window}, which had no answer. */
  AskedAgain narrowerThan(IdWindow window, long stepSize) {
    long narrow = window.width() > step ? step : Math.max(stepSize, window.width() / 4);
    return narrow <= stepSize
        ? inSteps(stepSize)
        : new AskedAgain(rest, narrow, narrow, narrow, witness);
  }
}
