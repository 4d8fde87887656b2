package io.stepsync.camel;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What somebody may have meant who mistyped a name. */
public final class Suggestion {

  private Suggestion() {}

  /**
   * Returns {@code "; did you mean …?"} with the name that is most like {@code mistyped}; an empty
   * text if none is like it.
   */
  public static String of(String mistyped, Collection<String> names) {
    return names.stream()
        .filter(name -> distance(mistyped, name) <= Math.max(1, name.length() / 3))
        .min(
            Comparator.comparingInt((String name) -> distance(mistyped, name))
                .thenComparing(Comparator.naturalOrder()))
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
  }

  /** How many letters must be added, left out or changed, whatever their case. */
  private static int distance(String one, String other) {
    String left = one.toLowerCase(Locale.ROOT);
    String right = other.toLowerCase(Locale.ROOT);
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int changed = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
