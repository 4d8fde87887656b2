package io.stepsync.window;

/**
 * A window that is asked to find out whether the API answers windows wider than a step. Where it
 * answers them with nothing, all behind a gap would stay unseen.
 *
 * <p>Immutable.
 *
 * @param window what is asked
 * @param witness the ID whose record must be in the answer
 * @param back the first ID of the empty answers that nothing has shown to be true, to which the
 *     scan goes back if they were not; −1 where a wide answer lacked the witness, and a narrow one
 *     is to tell whether it was deleted
 */
record WitnessCheck(IdWindow window, long witness, long back) {

  /** Tells whether the window is a wide one, of which the answer must be true. */
  boolean isWide() {
    return back >= 0;
  }
}
