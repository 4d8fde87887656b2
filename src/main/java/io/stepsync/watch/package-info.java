/**
 * What others see of streams from outside: metrics and health. It knows {@code camel} and what is
 * below, and nothing knows it: Camel finds {@link io.stepsync.watch.StreamMonitoring} by itself.
 */
package io.stepsync.watch;
