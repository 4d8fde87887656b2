/**
 * What a table is called, and what the database's catalog says of one that is there. It knows JDBC
 * alone; what a database's driver does not tell it asks by queries that a dialect brings. The ways
 * in are {@link io.stepsync.jdbc.table.TableName} and {@link io.stepsync.jdbc.table.FoundTable}.
 */
package io.stepsync.jdbc.table;
