package io.stepsync.cli.terminal;

import picocli.CommandLine.Option;

/** Whether a verb prints JSON, for programs, in place of what people read. */
public final class AsJson {

  @Option(names = "--json", description = "As JSON, for programs.")
  private boolean asked;

  public boolean isAsked() {
    return asked;
  }
}
