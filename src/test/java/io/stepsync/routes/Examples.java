package io.stepsync.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The examples that are route files alone. */
final class Examples {

  private Examples() {}

  /** Copies an example's routes; the folder out that they write to becomes one of {@code out}. */
  static void copy(String example, Path directory, String out) throws IOException {
    Path routes = Path.of(example, "routes");
    try (Stream<Path> files = Files.walk(routes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = directory.resolve("routes").resolve(routes.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, Files.readString(file).replace("file:out", "file:" + out + "out"));
      }
    }
  }
}
