package io.stepsync.ops;

import io.stepsync.SettingException;
import io.stepsync.camel.Failures;
import picocli.CommandLine.ExitCode;

/** What a failure at the start is to the user: a line, and an exit code. */
record StartFailure(String message, int exitCode) {

  static StartFailure of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SettingException) {
        return new StartFailure(cause.getMessage(), ExitCode.USAGE);
      }
    }
    return new StartFailure(Failures.message(failure), ExitCode.SOFTWARE);
  }
}
