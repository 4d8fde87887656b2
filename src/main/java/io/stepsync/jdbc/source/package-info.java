/**
 * Data sources around the application's own: what the routes' statements need of theirs. They know
 * JDBC alone; {@code store} puts them around each other.
 */
package io.stepsync.jdbc.source;
