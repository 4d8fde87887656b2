/**
 * The dead letters: those of a run, and those that are kept in {@code stepsync_dead_letter}. It
 * knows {@code store} and what {@code store} knows; the way in is {@link
 * io.stepsync.store.letters.DeadLetterTable}.
 */
package io.stepsync.store.letters;
