package io.stepsync.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An answer of the API that cannot be trusted, or none at all. Nothing of its window is written.
 */
public final class AnswerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What a narrower window may mend. */
  public enum Trouble {
    /**
     * The API refused the window, perhaps for its width: 400, 422, and of wide windows whatever.
     */
    REFUSED,
    /** The answer was longer than maxResponseBytes, or than the API allows: 413. */
    TOO_LARGE,
    /** The answer did not come in time, here or there: 408. */
    TIMED_OUT,
    /** The API failed: 500 or 504, or 200 with errors in the answer. */
    FAILED,
    /** A record in the answer is no JSON. */
    NO_JSON
  }

  private final Trouble trouble;
  private final int status;
  private final Duration retryAfter;

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
    this(message, trouble, 200, null);
  }

  /**
   * @param retryAfter how long the API asks to wait, or null
   */
  AnswerException(String message, Trouble trouble, int status, Duration retryAfter) {
    super(message);
    this.trouble = trouble;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** As the first, with the cause. */
  public AnswerException(String message, Throwable cause) {
    this(message, (Trouble) null, cause);
  }

  /** As the second, with the cause. */
  AnswerException(String message, Trouble trouble, Throwable cause) {
    super(message, cause);
    this.trouble = trouble;
    this.status = 200;
    this.retryAfter = null;
  }

  /** Returns this with another message. */
  public AnswerException saying(UnaryOperator<String> change) {
    AnswerException other =
        new AnswerException(change.apply(getMessage()), trouble, status, retryAfter);
    other.initCause(this);
    return other;
  }

  /** Returns what a narrower window may mend, if anything. */
  public Optional<Trouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Returns the answer's status. */
  public int status() {
    return status;
  }

  /** Returns how long the API asks to wait, if it does. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /**
   * Tells whether the same request may be answered a little later: 408, 425, 429, 5xx, any refusal
   * that says when to ask again, and what an answer of status 200 says of a failure.
   */
  public boolean mayPass() {
    return trouble == Trouble.FAILED
        || retryAfter != null
        || status == 408
        || status == 425
        || status == 429
        || status >= 500;
  }
}
