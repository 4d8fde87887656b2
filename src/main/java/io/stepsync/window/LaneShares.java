package io.stepsync.window;

import java.util.Arrays;
import java.util.List;

/**
 * Divides a number of lanes among ranges of IDs, so that the longest part becomes as short as can
 * be.
 *
 * @param steps the steps of each range, at least 0
 */
record LaneShares(List<Long> steps) {

  /** Returns how many parts each range gets: one at least, and none of less than a step. */
  int[] of(int count) {
    int[] parts = new int[steps.size()];
    Arrays.fill(parts, 1);
    for (int given = parts.length; given < count; given++) {
      int longest = longest(parts);
      if (longest < 0) {
        break;
      }
      parts[longest]++;
    }
    return parts;
  }

  private int longest(int[] parts) {
    int longest = -1;
    for (int i = 0; i < parts.length; i++) {
      boolean divisible = steps.get(i) > parts[i];
      if (divisible && (longest < 0 || length(i, parts) > length(longest, parts))) {
        longest = i;
      }
    }
    return longest;
  }

  private double length(int range, int[] parts) {
    return (double) steps.get(range) / parts[range];
  }
}
