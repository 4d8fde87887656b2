/**
 * A stream's table held against its API: how rows are compared, what was found, and the last result
 * of each stream, in a table of stepsync's own. It knows {@code store} and what is below. The ways
 * in are {@link io.stepsync.verify.RowComparison} and {@link io.stepsync.verify.Verification}.
 */
package io.stepsync.verify;
