package io.stepsync.api;

/** A run failed; the next one goes on at the checkpoint. */
public final class RunFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RunFailedException(String message) {
    super(message);
  }
}
