package io.stepsync.json;

/**
 * What is shown or kept of a text for which there is no more room. Characters are code points, so
 * that none is halved. Thread-safe.
 */
public final class ShortText {

  private ShortText() {}

  /** Returns how many characters a text has. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Returns the start of a text, at most {@code most} characters. */
  public static String start(String text, int most) {
    return length(text) <= most ? text : text.substring(0, text.offsetByCodePoints(0, most));
  }

  /** Returns the same, with … behind it if there was more. */
  public static String told(String text, int most) {
    return length(text) <= most ? text : start(text, most) + "…";
  }

  /** Returns a text in one line. */
  public static String line(String text) {
    return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}
