package io.stepsync.main;

import io.stepsync.SettingException;
import io.stepsync.run.Failures;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.ExitCode;

/** What a failure at the start is to the user: a line, and an exit code. */
public record StartFailure(String message, int exitCode) {

  public static StartFailure of(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(SettingException.class::isInstance)
        .findFirst() // those that it was caused by do not name the stream
        .map(wrong -> new StartFailure(wrong.getMessage(), ExitCode.USAGE))
        .orElseGet(() -> new StartFailure(Failures.message(failure), ExitCode.SOFTWARE));
  }
}
