package io.stepsync.http;

import java.nio.charset.StandardCharsets;

/**
 * Finds a text of ASCII characters in bytes: piece by piece with {@link String#indexOf}, for which
 * the JVM has instructions of the processor.
 *
 * <p>Immutable.
 */
final class ByteSearch {

  private static final int PIECE = 1 << 13;

  private final String wanted;

  /**
   * @param wanted at least one character
   */
  ByteSearch(String wanted) {
    this.wanted = wanted;
  }

  /** Returns where it begins in {@code bytes} at {@code from} or later; -1 for nowhere. */
  int next(byte[] bytes, int from) {
    for (int start = from; start <= bytes.length - wanted.length(); start += PIECE) {
      int length = Math.min(PIECE + wanted.length() - 1, bytes.length - start);
      int at = new String(bytes, start, length, StandardCharsets.ISO_8859_1).indexOf(wanted);
      if (at >= 0) {
        return start + at;
      }
    }
    return -1;
  }
}
