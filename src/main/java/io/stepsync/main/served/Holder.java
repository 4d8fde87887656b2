package io.stepsync.main.served;

import java.util.Optional;

/**
 * The process that has an embedded database.
 *
 * @param process its ID
 * @param use what it does
 * @param address where it serves the database; empty while it does not
 */
public record Holder(long process, Use use, String address) {

  private static final int PARTS = 3;

  /** What a process has a database for. */
  public enum Use {
    /** The verb {@code run}, which stays. */
    RUN("stepsync run"),
    /** A verb that runs streams once, which may take hours. */
    WORK("a stepsync command that runs streams once"),
    /** A verb that looks or changes little; it is over in a moment, and does not serve. */
    BRIEF("a stepsync command");

    private final String words;

    Use(String words) {
      this.words = words;
    }
  }

  /** Returns the URL for a connection through it; empty while it does not serve. */
  public Optional<String> url() {
    return address.isEmpty() ? Optional.empty() : Optional.of("jdbc:hsqldb:hsql://" + address);
  }

  /** Returns such as {@code process 4711, stepsync run}. */
  public String shown() {
    return "process " + process + ", " + use.words;
  }

  String text() {
    return process + " " + use + " " + address + "\n";
  }

  /** Returns nothing where it is not written as a whole. */
  static Optional<Holder> parse(String text) {
    String[] parts = text.endsWith("\n") ? text.strip().split(" ", PARTS) : new String[0];
    try {
      return parts.length < 2
          ? Optional.empty()
          : Optional.of(
              new Holder(
                  Long.parseLong(parts[0]),
                  Use.valueOf(parts[1]),
                  parts.length < PARTS ? "" : parts[2]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
