/**
 * stepsync's own tables, which are read and written here alone, for routes, command line, page and
 * health: states of lanes and pauses, in rooms of their own runs, dead letters, budgets and living
 * nodes; and the data source that they are in. It knows the settings, {@code jdbc} and {@code
 * window}. The ways in are {@link io.stepsync.store.OwnTables} and the class of a table's row.
 */
package io.stepsync.store;
