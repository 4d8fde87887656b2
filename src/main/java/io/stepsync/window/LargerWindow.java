package io.stepsync.window;

/**
 * A window that is asked only to see an answer larger than one in doubt.
 *
 * <p>Immutable.
 *
 * @param window what is asked: {@code of}, and records below it that are known
 * @param of the window whose answer is in doubt
 * @param doubtful that answer
 */
record LargerWindow(IdWindow window, IdWindow of, FoundIds doubtful) {}
