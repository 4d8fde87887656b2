package io.stepsync.window;

/**
 * A window that is asked again in parts, since its answer may be capped.
 *
 * <p>Immutable.
 *
 * @param size the size of that answer
 * @param settled whether one of its parts had records so far
 */
record HalvedWindow(IdWindow window, AnswerSize size, boolean settled) {

  HalvedWindow with(FoundIds found) {
    return new HalvedWindow(window, size, settled || !found.isEmpty());
  }

  /** A part as large as the whole, beside others that were not empty: answers are cut there. */
  boolean contradictedBy(AnswerSize part) {
    return settled && (part.records() == size.records() || part.ids() == size.ids());
  }
}
