package io.stepsync.cli.terminal;

import java.io.Console;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What the terminal behind the standard output can show. Thread-safe. */
public final class Terminal {

  private static final int USUAL_WIDTH = 80;
  private static final Set<Charset> UNICODE =
      Set.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16);

  private Terminal() {}

  /** Returns the columns of a line: what the environment's COLUMNS or the terminal says, or 80. */
  static int width() {
    return width(System.getenv("COLUMNS"));
  }

  /** The terminal is asked once, by a process. */
  private static final class Measured {

    private static final int WIDTH = isWatched() ? measure() : USUAL_WIDTH;

    private static int measure() {
      return new UsageMessageSpec().autoWidth(true).width();
    }
  }

  static int width(String columns) {
    return columns != null && columns.matches("[1-9]\\d{1,3}")
        ? Integer.parseInt(columns)
        : Measured.WIDTH;
  }

  /** Tells whether somebody looks at the standard output: it is a terminal that can go back. */
  @SuppressWarnings("SystemConsoleNull") // isTerminal asks what newer Javas tell instead
  static boolean isWatched() {
    Console console = System.console();
    return console != null && isTerminal(console) && !"dumb".equals(System.getenv("TERM"));
  }

  /** Newer Javas have a console without a terminal too. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Tells whether every character can be shown. */
  public static boolean isUnicode() {
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
