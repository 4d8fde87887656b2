package io.stepsync.bench.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A node of a cluster: the runnable jar, in a process and a directory of its own. */
final class Node implements AutoCloseable {

  private static final Path STEPSYNC = Path.of("../target/stepsync.jar").toAbsolutePath();

  private final Path directory;
  private final Process process;

  /** Starts it with these files. */
  Node(Path directory, String properties, String stream) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory.resolve("routes/streams"));
    Files.writeString(directory.resolve("application.properties"), properties);
    Files.writeString(directory.resolve("routes/streams/user.camel.yaml"), stream);
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                STEPSYNC.toString(),
                "run")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output().toFile())
            .start();
  }

  private Path output() {
    return directory.resolve("output.txt");
  }

  long process() {
    return process.pid();
  }

  /**
   * Checks that it runs, and has no complaint.
   *
   * @throws IllegalStateException if it ended, or logged a warning
   */
  void check() throws IOException {
    String said = Files.readString(output());
    if (!process.isAlive() || said.contains(" ERROR ") || said.contains(" WARN ")) {
      throw new IllegalStateException(directory.getFileName() + " is not well:\n" + said);
    }
  }

  /**
   * Checks that it runs.
   *
   * @throws IllegalStateException if it ended
   */
  void checkAlive() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          directory.getFileName() + " has ended:\n" + Files.readString(output()));
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
    }
  }
}
