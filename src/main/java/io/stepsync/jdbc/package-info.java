/**
 * Rows: column types, the stream's table and the upsert statement of each database. It knows no
 * Camel; the routes run its statements through camel-jdbc.
 */
package io.stepsync.jdbc;
