/**
 * stepsync's own tables: states of lanes, runs, windows, pauses, shared budgets, and the data
 * source that they are in. It knows the settings, {@code jdbc} and {@code window}. The ways in are
 * {@link io.stepsync.store.OwnTables} and the class of a table's row.
 */
package io.stepsync.store;
