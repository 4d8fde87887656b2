/**
 * Which windows of IDs a run asks, and where its checkpoint stands: pure arithmetic, tested
 * exhaustively. It knows nothing but Java. The way in is {@link io.stepsync.window.WindowPlan}:
 * what became of each window makes a new plan out of the old one.
 */
package io.stepsync.window;
