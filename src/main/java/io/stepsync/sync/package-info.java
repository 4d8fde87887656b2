/**
 * The arithmetic of ID windows and checkpoints. It knows no Camel, no HTTP and no SQL; all types
 * are immutable.
 */
package io.stepsync.sync;
