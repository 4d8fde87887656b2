package io.stepsync.routes;

import io.stepsync.cli.StepsyncCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line in a process of its own, started in a user's directory. */
public final class StepsyncProcess {

  /** How a process ended, and what it printed. */
  public record Result(int exitCode, String output) {}

  private StepsyncProcess() {}

  public static Process start(Path directory, String... arguments) throws IOException {
    return startWith(List.of(), directory, arguments);
  }

  /** As it is started by a shell, which can redirect its output. */
  public static ProcessBuilder builder(Path directory, String... arguments) {
    return builder(List.of(), directory, arguments);
  }

  private static ProcessBuilder builder(List<String> options, Path directory, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(SharedClasses.jvmOptions());
    command.add(StepsyncCommand.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(directory.toFile());
  }

  public static Result run(Path directory, String... arguments)
      throws IOException, InterruptedException {
    int exitCode = start(directory, arguments).waitFor();
    return new Result(exitCode, Files.readString(output(directory)));
  }

  /** As {@link #start}, with options of the JVM. */
  static Process startWith(List<String> options, Path directory, String... arguments)
      throws IOException {
    return builder(options, directory, arguments)
        .redirectErrorStream(true)
        .redirectOutput(output(directory).toFile())
        .start();
  }

  /** What a process that was started here has printed so far. */
  static String printed(Path directory) throws IOException {
    return Files.readString(output(directory));
  }

  private static Path output(Path directory) {
    return directory.resolve("output.txt");
  }
}
