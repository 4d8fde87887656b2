package io.stepsync.main.files;

import io.stepsync.SettingException;
import io.stepsync.camel.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Refuses route files beside the folder {@code routes/}, where there is none: the demo's stream
 * would run in their place.
 */
final class MisplacedFiles {

  private MisplacedFiles() {}

  /**
   * @param directory that has no {@code routes/}
   * @throws SettingException naming a file, or the folder of one
   */
  static void refuse(Path directory, Predicate<Path> isRouteFile) {
    for (Path there : in(directory)) {
      String name = String.valueOf(there.getFileName());
      if (isRouteFile.test(there)) {
        throw new SettingException(
            "%s must be in the folder routes, else it is not read, was beside it".formatted(there));
      }
      boolean like = name.equals("streams") || !Suggestion.of(name, Set.of("routes")).isEmpty();
      if (like && Files.isDirectory(there) && has(there, isRouteFile)) {
        throw new SettingException(
            "%s must be the folder routes, else its files are not read, was %s"
                .formatted(there, name));
      }
    }
  }

  private static boolean has(Path folder, Predicate<Path> isRouteFile) {
    try (Stream<Path> files = Files.walk(folder, 3)) {
      return files.anyMatch(isRouteFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> in(Path directory) {
    Path folder = directory.toString().isEmpty() ? Path.of(".") : directory;
    try (Stream<Path> there = Files.list(folder)) {
      return there.map(path -> directory.resolve(path.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
