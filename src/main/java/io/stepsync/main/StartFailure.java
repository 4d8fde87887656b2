package io.stepsync.main;

import io.stepsync.SettingException;
import io.stepsync.run.Failures;
import org.apache.camel.util.ObjectHelper;
import picocli.CommandLine.ExitCode;

/** What a failure at the start is to the user: a line, and an exit code. */
public record StartFailure(String message, int exitCode) {

  public static StartFailure of(Throwable failure) {
    SettingException wrong = ObjectHelper.getException(SettingException.class, failure);
    return wrong != null
        ? new StartFailure(wrong.getMessage(), ExitCode.USAGE)
        : new StartFailure(Failures.message(failure), ExitCode.SOFTWARE);
  }
}
