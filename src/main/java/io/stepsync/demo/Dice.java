package io.stepsync.demo;

import java.util.List;

/**
 * Numbers that look random and are the same for a seed in every process and every Java version.
 *
 * <p>The algorithm is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", 2014). Not thread-safe.
 */
final class Dice {
  private long state;

  Dice(long seed) {
    state = seed;
  }

  /** Returns a number from 0 to {@code sides - 1}. */
  int roll(int sides) {
    return (int) ((next() >>> 33) % sides);
  }

  /** Returns one of {@code words}. */
  String pick(List<String> words) {
    return words.get(roll(words.size()));
  }

  private long next() {
    state += 0x9E3779B97F4A7C15L;
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
