package io.stepsync.page;

/** A request is not granted, for a reason that its sender may know. */
final class Refusal extends RuntimeException {

  private final int status;

  Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Returns the HTTP status that it is answered with. */
  int status() {
    return status;
  }
}
