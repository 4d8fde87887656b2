/**
 * One class a database: its types, its upsert, what its catalog tells, and what its server must be
 * told. It knows {@code jdbc} and {@code jdbc.table} alone, and nobody names its classes: {@link
 * io.stepsync.jdbc.Dialects} finds them by {@code META-INF/services}, those of other jars too, for
 * which {@link io.stepsync.jdbc.dialect.UpsertParts} is public.
 */
package io.stepsync.jdbc.dialect;
