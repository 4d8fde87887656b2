package io.stepsync.verify;

import io.stepsync.http.ShownText;
import java.util.function.UnaryOperator;

/** Two values that differ, as they are shown: without secrets, and cut around what differs. */
final class ShownValues {

  private static final int LONGEST = 40;
  private static final int BEFORE = 10;
  private static final String CUT = "…";

  private ShownValues() {}

  /**
   * @param mask takes secrets out of a text
   */
  static RowDifference.Value of(
      String column, String api, String table, UnaryOperator<String> mask) {
    int from = Math.max(0, alike(api, table) - BEFORE);
    boolean fits = length(api) <= LONGEST && length(table) <= LONGEST;
    return new RowDifference.Value(
        column, shown(api, fits ? 0 : from, mask), shown(table, fits ? 0 : from, mask));
  }

  private static int length(String text) {
    return text == null ? 0 : text.length();
  }

  private static int alike(String one, String other) {
    int alike = 0;
    int most = Math.min(length(one), length(other));
    while (alike < most && one.charAt(alike) == other.charAt(alike)) {
      alike++;
    }
    return alike;
  }

  /** A secret that is cut in two would not be known. */
  private static String shown(String text, int from, UnaryOperator<String> mask) {
    if (text == null) {
      return null;
    }
    String masked = ShownText.harmless(mask.apply(text));
    if (!masked.equals(ShownText.harmless(text))) {
      from = 0;
    }
    int first = boundary(masked, Math.min(from, masked.length()));
    int last = boundary(masked, Math.min(masked.length(), first + LONGEST));
    return (first > 0 ? CUT : "")
        + masked.substring(first, last)
        + (last < masked.length() ? CUT : "");
  }

  private static int boundary(String text, int index) {
    boolean inside =
        index > 0
            && index < text.length()
            && Character.isLowSurrogate(text.charAt(index))
            && Character.isHighSurrogate(text.charAt(index - 1));
    return inside ? index - 1 : index;
  }
}
