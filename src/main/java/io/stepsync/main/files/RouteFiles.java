package io.stepsync.main.files;

import static java.util.stream.Collectors.toMap;

import io.stepsync.SettingException;
import io.stepsync.camel.StepsyncRoutes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The route files of a directory. What {@code routes/} lacks of the shared ones, in YAML and in
 * XML, comes from the jar; the demo's stream comes from it only where there is no {@code routes/}
 * at all.
 */
public record RouteFiles(List<String> locations) {

  private static final String YAML = ".camel.yaml";
  private static final String XML = ".camel.xml";
  private static final String FILE = "file:";
  private static final String DEMO = "classpath:stepsync/streams/user.camel.yaml";

  /**
   * Returns the route files of a directory.
   *
   * @throws SettingException if there is a {@code routes/} without a route file, or one with two
   *     files of the same name, or one that has a shared file's name and not its routes
   */
  public static RouteFiles in(Path directory) {
    Path routes = directory.resolve("routes");
    List<Path> own = own(directory);
    misnamed(routes)
        .forEach(
            file -> {
              throw new SettingException(
                  "%s must end in .camel.yaml or .camel.xml, else it is not read, was %s"
                      .formatted(file, file.getFileName()));
            });
    if (!Files.isDirectory(routes)) {
      MisplacedFiles.refuse(directory, RouteFiles::isRouteFile);
    }
    if (own.isEmpty() && Files.isDirectory(routes)) {
      throw new SettingException("routes must hold at least one *.camel.yaml or *.camel.xml");
    }
    StepsyncRoutes.SHARED.forEach(name -> checkOnce(name, replacing(name, routes, own)));
    List<RouteItem> items = DuplicateCheck.check(own);
    StepsyncRoutes.SHARED.forEach(
        name ->
            replacing(name, routes, own).forEach(file -> SharedFileCheck.check(name, file, items)));
    SharedFileCheck.refuseOthers(items, name -> replacing(name, routes, own));
    WrittenCheck.check(directory, own, items);
    return of(directory, own);
  }

  /** The route files of which {@code own} are in the directory, unchecked. */
  public static RouteFiles of(Path directory, List<Path> own) {
    List<String> locations = sharedOfTheJar(directory.resolve("routes"), own);
    own.forEach(file -> locations.add(FILE + file));
    if (own.isEmpty()) {
      locations.add(DEMO);
    }
    return new RouteFiles(locations);
  }

  /** The shared route files alone: the directory's own, and from the jar what it lacks. */
  public static RouteFiles sharedIn(Path directory) {
    Path routes = directory.resolve("routes");
    List<Path> own = own(directory);
    List<String> locations = sharedOfTheJar(routes, own);
    for (String name : StepsyncRoutes.SHARED) {
      replacing(name, routes, own).forEach(file -> locations.add(FILE + file));
    }
    return new RouteFiles(locations);
  }

  private static List<String> sharedOfTheJar(Path routes, List<Path> own) {
    List<String> locations = new ArrayList<>();
    for (String name : StepsyncRoutes.SHARED) {
      if (replacing(name, routes, own).isEmpty()) {
        locations.add(StepsyncRoutes.location(name));
      }
    }
    return locations;
  }

  /** A file of the same name in a folder below is a stream's. */
  private static List<Path> replacing(String name, Path routes, List<Path> own) {
    return Stream.of(routes.resolve(name + XML), routes.resolve(name + YAML))
        .filter(own::contains)
        .toList();
  }

  private static void checkOnce(String name, List<Path> replacing) {
    if (replacing.size() > 1) {
      throw new SettingException(
          name
              + " must be in one file, YAML or XML, was in "
              + replacing.get(0)
              + " and "
              + replacing.get(1));
    }
  }

  /** Returns the locations, as Camel Main takes them. */
  public String pattern() {
    return String.join(",", locations);
  }

  /** Returns the route files under {@code routes/}, in their order; none where that is missing. */
  public static List<Path> own(Path directory) {
    return under(directory.resolve("routes"), RouteFiles::isRouteFile);
  }

  /** Returns the files among these that are the directory's own. */
  public List<Path> own() {
    return locations.stream()
        .filter(location -> location.startsWith(FILE))
        .map(location -> Path.of(location.substring(FILE.length())))
        .toList();
  }

  /** Returns the files of the directory's own beans that have a name, by it. */
  public Map<String, Path> filesOfBeans() {
    return DuplicateCheck.check(own()).stream()
        .filter(item -> item.kind().equals("bean") && item.name() != null)
        .collect(toMap(RouteItem::name, RouteItem::file));
  }

  private static List<Path> under(Path routes, Predicate<Path> which) {
    if (!Files.isDirectory(routes)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(routes, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(which).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files that look like routes, but would be left out without a word. */
  private static List<Path> misnamed(Path routes) {
    return under(
        routes,
        file -> Files.isRegularFile(file) && !isRouteFile(file) && isMisnamed(file.getFileName()));
  }

  private static boolean isMisnamed(Path name) {
    String lower = name.toString().toLowerCase(Locale.ROOT);
    return lower.matches("[^.].*\\.(ya?ml|xml)") && !lower.endsWith(".kamelet.yaml");
  }

  private static boolean isRouteFile(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file) && (name.endsWith(YAML) || name.endsWith(XML));
  }
}
