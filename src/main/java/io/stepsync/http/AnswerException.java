package io.stepsync.http;

/**
 * An answer of the API that cannot be trusted, or none at all. Nothing of its window is written.
 */
public final class AnswerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what the answer must be and what it was
   */
  public AnswerException(String message) {
    super(message);
  }

  /** As the other, with the cause. */
  public AnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
