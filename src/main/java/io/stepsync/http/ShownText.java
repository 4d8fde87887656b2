package io.stepsync.http;

import io.stepsync.json.ShortText;
import java.util.function.UnaryOperator;

/** What others have said, as it may stand in a message. Thread-safe. */
public final class ShownText {

  private static final int LONGEST = 200;

  private ShownText() {}

  /** Returns {@code text} such that a terminal shows all of it, and does nothing that it says. */
  public static String harmless(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "\uFFFD");
  }

  /**
   * Returns the start of {@code text}, at most 200 characters, in one line, harmless.
   *
   * @param mask takes secrets out of it
   */
  public static String start(String text, UnaryOperator<String> mask) {
    return ShortText.start(harmless(ShortText.line(mask.apply(text)).strip()), LONGEST);
  }
}
