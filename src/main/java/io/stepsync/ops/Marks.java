package io.stepsync.ops;

import picocli.CommandLine.Help.Ansi;

/** The marks before a state, in colour where the output is a terminal. Thread-safe. */
final class Marks {

  private Marks() {}

  /** Returns a mark with a blank behind it; two blanks for a state that is neither good nor bad. */
  static String of(String state) {
    return switch (state) {
      case "caught_up" -> Terminal.isUnicode() ? "✓ " : "+ ";
      case "failed", "broken_off" -> Terminal.isUnicode() ? "✗ " : "! ";
      default -> "  ";
    };
  }

  /** Returns a table with its marks in colour; names of streams are not coloured with them. */
  static String coloured(String table) {
    return Ansi.AUTO.enabled()
        ? table
            .replace("✓ caught up", Ansi.ON.string("@|green ✓ caught up|@"))
            .replace("✗ failed", Ansi.ON.string("@|red ✗ failed|@"))
            .replace("✗ broken off", Ansi.ON.string("@|red ✗ broken off|@"))
        : table;
  }
}
