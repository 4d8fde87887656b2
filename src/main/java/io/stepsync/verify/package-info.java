/**
 * A stream's table held against its API: how rows are compared, and what was found. It knows the
 * settings and what they know. The ways in are {@link io.stepsync.verify.RowComparison} and {@link
 * io.stepsync.verify.Verification}.
 */
package io.stepsync.verify;
