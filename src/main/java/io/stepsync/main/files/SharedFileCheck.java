package io.stepsync.main.files;

import static java.util.stream.Collectors.joining;

import io.stepsync.SettingException;
import io.stepsync.camel.StepsyncRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Refuses a file that takes the place of a shared one by its name alone: without the routes of that
 * file, others that call them would have nothing to call.
 */
final class SharedFileCheck {

  private SharedFileCheck() {}

  /**
   * @param shared the name of a shared route file
   * @param replacing the file that has this name
   * @param own all that the directory's files define
   * @throws SettingException naming the file and the routes that are lacking
   */
  static void check(String shared, Path replacing, Collection<RouteItem> own) {
    Set<String> there = own.stream().map(RouteItem::unique).collect(Collectors.toSet());
    String lacking =
        ofTheJar(shared).stream()
            .filter(item -> !there.contains(item.unique()))
            .map(RouteItem::unique)
            .collect(joining(", "));
    if (!lacking.isEmpty()) {
      throw new SettingException(
          "%s takes the place of the shared file %s and must have all of it, lacked %s; a file of your own needs another name"
              .formatted(replacing, shared, lacking));
    }
  }

  /**
   * Refuses an item with the name of one of a shared file, which it would replace without a word.
   *
   * @param replacing the files that replace the shared one of a name
   * @throws SettingException naming file, line and item
   */
  static void refuseOthers(
      Collection<RouteItem> own, Function<String, ? extends Collection<Path>> replacing) {
    for (String shared : StepsyncRoutes.SHARED) {
      if (!replacing.apply(shared).isEmpty()) {
        continue; // its routes may be in several files
      }
      for (RouteItem item : ofTheJar(shared)) {
        own.stream()
            .filter(mine -> item.name() != null && mine.unique().equals(item.unique()))
            .findFirst()
            .ifPresent(
                mine -> {
                  throw new SettingException(
                      "%s:%d: %s must have another name, as one of the shared file %s has it"
                          .formatted(mine.file(), mine.line(), mine.unique(), shared));
                });
      }
    }
  }

  private static List<RouteItem> ofTheJar(String shared) {
    String location = StepsyncRoutes.location(shared).replaceFirst("classpath:", "/");
    try (InputStream file = SharedFileCheck.class.getResourceAsStream(location)) {
      if (file == null) {
        throw new IllegalStateException("there is no " + location);
      }
      return YamlItems.in(
          Path.of(location), new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
