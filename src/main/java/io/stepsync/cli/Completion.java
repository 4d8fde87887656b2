package io.stepsync.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verb {@code completion}: a script that has shells complete what is typed. */
@Command(
    name = "completion",
    description = "Prints a script for bash and zsh: source <(stepsync completion).")
final class Completion implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    System.out.print(AutoComplete.bash("stepsync", spec.root().commandLine()));
    return ExitCode.OK;
  }
}
