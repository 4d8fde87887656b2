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
 * The route files of a directory. What {@code routes/} lacks of the shared ones comes from the jar;
 * the demo's stream comes from it only where there is no {@code routes/} at all.
 */
record RouteFiles(List<String> locations) {

  private static final String DEMO = "classpath:stepsync/streams/user.camel.yaml";

  /**
   * @throws SettingException if there is a {@code routes/} without a route file
   */
  static RouteFiles in(Path directory) {
    Path routes = directory.resolve("routes");
    List<String> locations = new ArrayList<>();
    List<Path> own = Files.isDirectory(routes) ? files(routes) : List.of();
    DuplicateCheck.check(own.stream().filter(file -> file.toString().endsWith(".yaml")).toList());
    for (String name : StepsyncRoutes.SHARED) {
      String fileName = name + ".camel.yaml";
      if (own.stream().noneMatch(file -> file.getFileName().toString().equals(fileName))) {
        locations.add(StepsyncRoutes.location(name));
      }
    }
    own.forEach(file -> locations.add("file:" + file));
    if (!Files.isDirectory(routes)) {
      locations.add(DEMO);
    }
    return new RouteFiles(locations);
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
    return Files.isRegularFile(file)
        && (name.endsWith(".camel.yaml") || name.endsWith(".camel.xml"));
  }
}
