/**
 * stepsync as a part of a Camel context: its routes, beans and transactions, the checks of all
 * streams, their triggers. It knows {@code steps} and what is below. The ways in are {@link
 * io.stepsync.camel.StepsyncRoutes} for applications, and {@link io.stepsync.camel.StepsyncPlugin},
 * which Camel finds by itself.
 */
package io.stepsync.camel;
