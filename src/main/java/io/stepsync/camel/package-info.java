/**
 * The processors that the routes name. Each is a plain {@link org.apache.camel.Processor} with no
 * state of its own; a run's state travels in its exchange as {@link io.stepsync.camel.Run}.
 */
package io.stepsync.camel;
