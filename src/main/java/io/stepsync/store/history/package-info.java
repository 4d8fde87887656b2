/**
 * What happened: the runs, their windows and the last result of each verify, as {@code
 * stepsync_run}, {@code stepsync_window} and {@code stepsync_verify} have them. It knows {@code
 * store}, {@code verify} and what they know; the way in is the class of a table.
 */
package io.stepsync.store.history;
