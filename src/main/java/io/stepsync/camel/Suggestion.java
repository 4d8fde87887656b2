package io.stepsync.camel;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.SortedSet;

/** What somebody may have meant who mistyped a name. */
public final class Suggestion {

  /** So many names of streams are told; there may be a thousand. */
  private static final int MOST = 20;

  private Suggestion() {}

  /**
   * Returns {@code "; did you mean …?"} with the name that is most like {@code mistyped}; an empty
   * text if none is like it.
   */
  public static String of(String mistyped, Collection<String> names) {
    String word = mistyped.replaceAll("[\\s\\p{Pi}\\p{Pf}\"']", "");
    return names.stream()
        .filter(name -> !name.equals(mistyped))
        .filter(name -> distance(word, name) <= Math.max(1, name.length() / 3))
        .min(
            Comparator.comparingInt((String name) -> distance(word, name))
                .thenComparing(Comparator.naturalOrder()))
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
  }

  /**
   * Returns that a stream is none of {@code names}, of which the first are told; of more what may
   * have been meant.
   */
  public static String unknownStream(String name, SortedSet<String> names) {
    if (names.size() <= MOST) {
      return "stream must be one of %s, was %s".formatted(names, name);
    }
    String first = names.stream().limit(MOST).collect(joining(", "));
    return "stream must be one of [%s, and %d more], was %s%s"
        .formatted(first, names.size() - MOST, name, of(name, names));
  }

  /** How many letters must be added, left out, changed or swapped, whatever their case. */
  private static int distance(String one, String other) {
    String left = one.toLowerCase(Locale.ROOT);
    String right = other.toLowerCase(Locale.ROOT);
    int[][] steps = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        steps[i][j] = i == 0 ? j : j == 0 ? i : least(steps, left, right, i, j);
      }
    }
    return steps[left.length()][right.length()];
  }

  private static int least(int[][] steps, String left, String right, int i, int j) {
    boolean same = left.charAt(i - 1) == right.charAt(j - 1);
    int changed = steps[i - 1][j - 1] + (same ? 0 : 1);
    int least = Math.min(changed, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
  }
}
