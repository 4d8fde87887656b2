/**
 * The table of a stream: column types, rows, upserts and deletes, and what differs between
 * databases, which a {@link io.stepsync.jdbc.Dialect} alone knows. It knows {@code window}, {@code
 * json} and {@code table}, and no Camel. The ways in are {@link io.stepsync.jdbc.TargetTable} and
 * {@link io.stepsync.jdbc.WindowRows}.
 */
package io.stepsync.jdbc;
