/**
 * The firings of streams' triggers by Quartz: which go on, and what another one waits for; and what
 * runs lanes where no trigger does. It knows {@code run} and what is below, and no step.
 */
package io.stepsync.steps.firing;
