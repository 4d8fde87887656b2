package io.stepsync;

/**
 * A wrong setting. The message gives stream, setting, rule and value: {@code stream user: stepSize
 * must be >= 1, was 0}.
 */
public final class SettingException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** A wrong setting, found here. */
  public SettingException(String message) {
    super(message);
  }

  /** A wrong setting that something else found. */
  public SettingException(String message, Throwable cause) {
    super(message, cause);
  }
}
