/**
 * Which processes and nodes are still there, so that a run without an end can be told from one that
 * was broken off. It knows nothing else of stepsync. The ways in are {@link
 * io.stepsync.store.alive.RunProcess} and {@link io.stepsync.store.alive.AliveNodes}.
 */
package io.stepsync.store.alive;
