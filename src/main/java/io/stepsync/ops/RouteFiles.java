package io.stepsync.ops;

import io.stepsync.SettingException;
import io.stepsync.camel.StepsyncRoutes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The route files of a directory. What {@code routes/} lacks of the shared ones, in YAML and in
 * XML, comes from the jar; the demo's stream comes from it only where there is no {@code routes/}
 * at all.
 */
record RouteFiles(List<String> locations) {

  private static final String YAML = ".camel.yaml";
  private static final String XML = ".camel.xml";
  private static final String DEMO = "classpath:stepsync/streams/user.camel.yaml";

  /**
   * @throws SettingException if there is a {@code routes/} without a route file, or one with two
   *     files of the same name
   */
  static RouteFiles in(Path directory) {
    Path routes = directory.resolve("routes");
    List<String> locations = new ArrayList<>();
    List<Path> own = Files.isDirectory(routes) ? files(routes) : List.of();
    for (String name : StepsyncRoutes.SHARED) {
      if (!isReplaced(name, routes, own)) {
        locations.add(StepsyncRoutes.location(name));
      }
    }
    DuplicateCheck.check(own);
    own.forEach(file -> locations.add("file:" + file));
    if (!Files.isDirectory(routes)) {
      locations.add(DEMO);
    }
    return new RouteFiles(locations);
  }

  /** A file of the same name in a folder below is a stream's. */
  private static boolean isReplaced(String name, Path routes, List<Path> own) {
    List<Path> replacing =
        Stream.of(routes.resolve(name + XML), routes.resolve(name + YAML))
            .filter(own::contains)
            .toList();
    if (replacing.size() > 1) {
      throw new SettingException(
          name
              + " must be in one file, YAML or XML, was in "
              + replacing.get(0)
              + " and "
              + replacing.get(1));
    }
    return !replacing.isEmpty();
  }

  String pattern() {
    return String.join(",", locations);
  }

  private static List<Path> files(Path routes) {
    try (Stream<Path> files = Files.walk(routes, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> found = files.filter(RouteFiles::isRouteFile).sorted().toList();
      if (found.isEmpty()) {
        throw new SettingException("routes must hold at least one *.camel.yaml or *.camel.xml");
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRouteFile(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file) && (name.endsWith(YAML) || name.endsWith(XML));
  }
}
