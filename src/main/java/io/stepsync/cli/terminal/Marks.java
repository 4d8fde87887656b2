package io.stepsync.cli.terminal;

import io.stepsync.store.history.StreamState;
import picocli.CommandLine.Help.Ansi;

/** The marks before a state, in colour where the output is a terminal. Thread-safe. */
public final class Marks {

  private Marks() {}

  /** Returns a mark with a blank behind it; two blanks for a state that is neither good nor bad. */
  public static String of(StreamState state) {
    return switch (state) {
      case CAUGHT_UP -> Terminal.isUnicode() ? "✓ " : "+ ";
      case RUNNING_OR_BROKEN_OFF -> "? ";
      case FAILED, BROKEN_OFF -> Terminal.isUnicode() ? "✗ " : "! ";
      default -> "  ";
    };
  }

  /** Returns a table with its marks in colour; names of streams are not coloured with them. */
  public static String coloured(String table) {
    return Ansi.AUTO.enabled()
        ? table
            .replace("✓ caught up", Ansi.ON.string("@|green ✓ caught up|@"))
            .replace("✗ failed", Ansi.ON.string("@|red ✗ failed|@"))
            .replace("✗ broken off", Ansi.ON.string("@|red ✗ broken off|@"))
        : table;
  }
}
