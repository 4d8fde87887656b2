/**
 * A demo API with ID ranges, to try stepsync on and to test and measure it against. It knows
 * nothing of the rest of stepsync.
 */
package io.stepsync.demo;
