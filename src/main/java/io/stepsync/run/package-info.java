/**
 * One run: its identity, its scan, its window, the answers that are fetched ahead, its log and
 * counters. It knows {@code store}, {@code jdbc}, {@code http} and {@code window}. The way in is
 * {@link io.stepsync.run.Run}.
 */
package io.stepsync.run;
