package io.stepsync.ops;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;

/** What the terminal behind the standard output can show. Thread-safe. */
final class Terminal {

  private static final int USUAL_WIDTH = 80;
  private static final Set<Charset> UNICODE =
      Set.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16);

  private Terminal() {}

  /** Returns the columns of a line: what the environment's COLUMNS says, or 80. */
  static int width() {
    return width(System.getenv("COLUMNS"));
  }

  static int width(String columns) {
    return columns != null && columns.matches("[1-9]\\d{1,3}")
        ? Integer.parseInt(columns)
        : USUAL_WIDTH;
  }

  /** Tells whether every character can be shown. */
  static boolean isUnicode() {
    return UNICODE.contains(charset());
  }

  /** Newer Javas tell it in the first property; Java 17 may in the second. */
  private static Charset charset() {
    return Stream.of("stdout.encoding", "sun.stdout.encoding")
        .map(System::getProperty)
        .filter(name -> name != null && Charset.isSupported(name))
        .findFirst()
        .map(Charset::forName)
        .orElseGet(Charset::defaultCharset);
  }
}
