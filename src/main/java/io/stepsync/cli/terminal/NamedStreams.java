package io.stepsync.cli.terminal;

import java.util.List;
import picocli.CommandLine.Parameters;

/** The streams that a verb is for: those that it names, or all. */
public final class NamedStreams {

  @Parameters(
      paramLabel = "STREAM",
      arity = "0..*",
      description = "The streams; all if none is named.")
  private List<String> names;

  /** Returns their names; null for all. */
  public List<String> names() {
    return names;
  }
}
