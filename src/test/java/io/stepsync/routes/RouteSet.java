package io.stepsync.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The shared routes and the demo's stream, in one of their two languages. */
public enum RouteSet {
  YAML("routes", ".camel.yaml"),
  XML("routes-xml", ".camel.xml");

  private final Path directory;
  private final String suffix;

  RouteSet(String directory, String suffix) {
    this.directory = Path.of(directory);
    this.suffix = suffix;
  }

  /** Returns a file by its name, such as {@code streams/user}. */
  public Path file(String name) {
    return directory.resolve(name + suffix);
  }

  /** Returns the names of all files. */
  public List<String> names() {
    return files().map(this::name).toList();
  }

  /** Returns the names of the files that lie at the top, which streams share. */
  List<String> shared() {
    return names().stream().filter(name -> !name.contains("/")).toList();
  }

  /** Copies all files, as a user would to whom the jar's do not suffice. */
  public void copyTo(Path routes) throws IOException {
    for (String name : names()) {
      Path copy = routes.resolve(name + suffix);
      Files.createDirectories(copy.getParent());
      Files.copy(file(name), copy);
    }
  }

  private String name(Path file) {
    String path = directory.relativize(file).toString().replace('\\', '/');
    return path.substring(0, path.length() - suffix.length());
  }

  private Stream<Path> files() {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
