package io.stepsync.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line in a process of its own, started in a user's directory. */
final class StepsyncProcess {

  /** How a process ended, and what it printed. */
  record Result(int exitCode, String output) {}

  private StepsyncProcess() {}

  static Process start(Path directory, String... arguments) throws IOException {
    return builder(directory, arguments)
        .redirectErrorStream(true)
        .redirectOutput(output(directory).toFile())
        .start();
  }

  /** As it is started by a shell, which can redirect its output. */
  static ProcessBuilder builder(Path directory, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath()));
    command.add(Stepsync.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(directory.toFile());
  }

  static Result run(Path directory, String... arguments) throws IOException, InterruptedException {
    int exitCode = start(directory, arguments).waitFor();
    return new Result(exitCode, Files.readString(output(directory)));
  }

  private static Path output(Path directory) {
    return directory.resolve("output.txt");
  }

  /** The tests' own logging, which is off, stays behind. */
  private static String classPath() {
    String separator = System.getProperty("path.separator");
    return String.join(
        separator,
        List.of(System.getProperty("java.class.path").split(separator, -1)).stream()
            .filter(entry -> !entry.endsWith("test-classes"))
            .toList());
  }
}
