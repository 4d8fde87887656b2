package io.stepsync.http;

import java.util.Optional;

/**
 * An answer of the API that cannot be trusted, or none at all. Nothing of its window is written.
 */
public final class AnswerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What a narrower window may mend. */
  public enum Trouble {
    /** The API refused the window, perhaps for its width: 400 or 422. */
    REFUSED,
    /** The answer was longer than maxResponseBytes, or than the API allows: 413. */
    TOO_LARGE,
    /** The answer did not come in time, here or there: 408. */
    TIMED_OUT,
    /** The API failed: 500 or 504. */
    FAILED
  }

  private final Trouble trouble;

  /**
   * @param message what the answer must be and what it was
   */
  public AnswerException(String message) {
    this(message, (Trouble) null);
  }

  /**
   * @param trouble what a narrower window may mend, or null
   */
  public AnswerException(String message, Trouble trouble) {
    super(message);
    this.trouble = trouble;
  }

  /** Returns what a narrower window may mend, if anything. */
  public Optional<Trouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** As the other, with the cause. */
  public AnswerException(String message, Throwable cause) {
    super(message, cause);
    this.trouble = null;
  }
}
