/**
 * The runs that the page shows: read from stepsync_run, taken together where lanes went on side by
 * side, and the state that they leave a stream in. It knows {@code store}. The ways in are {@link
 * io.stepsync.page.runs.LastRuns} and {@link io.stepsync.page.runs.StreamRuns}.
 */
package io.stepsync.page.runs;
