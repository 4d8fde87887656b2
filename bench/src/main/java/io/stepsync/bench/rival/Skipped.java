package io.stepsync.bench.rival;

/** A rival cannot run here; the message says why. */
public final class Skipped extends Exception {

  private static final long serialVersionUID = 1;

  Skipped(String reason) {
    super(reason);
  }
}
