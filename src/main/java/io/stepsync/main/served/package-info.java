/**
 * How one process has an embedded database, and lets commands that are started beside it use it. It
 * knows HSQLDB alone. The ways in are {@link io.stepsync.main.served.Hold} and {@link
 * io.stepsync.main.served.DatabaseServer}.
 */
package io.stepsync.main.served;
