package io.stepsync.main;

import io.stepsync.main.files.RouteFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * What the route files of a directory held at a moment, by their locations, and what
 * application.properties held.
 */
record RouteContents(Map<String, String> files, String properties) {

  private static final String OWN = "file:";

  /**
   * @throws UncheckedIOException if a file cannot be read, such as one that was removed meanwhile
   */
  static RouteContents read(Path directory) {
    Map<String, String> files = new LinkedHashMap<>();
    List<Path> own = RouteFiles.own(directory);
    RouteFiles.of(directory, own).locations().forEach(location -> files.put(location, ""));
    own.forEach(file -> files.put(OWN + file, text(file)));
    Path properties = directory.resolve("application.properties");
    return new RouteContents(files, Files.exists(properties) ? text(properties) : "");
  }

  /** Each byte is a character. */
  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean hasOwn() {
    return files.keySet().stream().anyMatch(location -> location.startsWith(OWN));
  }

  /** Returns the locations of what was added, changed or deleted up to {@code next}. */
  Set<String> changesTo(RouteContents next) {
    return Stream.concat(files.keySet().stream(), next.files.keySet().stream())
        .filter(location -> !text(location).equals(next.text(location)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Says which of the directory's files were added, changed or deleted up to {@code next}. */
  String describeChangesTo(RouteContents next) {
    return changesTo(next).stream()
        .filter(location -> location.startsWith(OWN))
        .map(location -> location.substring(OWN.length()) + " " + changeTo(next, location))
        .collect(Collectors.joining(", "));
  }

  private String changeTo(RouteContents next, String location) {
    if (!has(location)) {
      return "added";
    }
    return next.has(location) ? "changed" : "deleted";
  }

  /** What a location held; nothing that a file can hold where there was none. */
  private String text(String location) {
    return files.getOrDefault(location, "\u2205");
  }

  boolean has(String location) {
    return files.containsKey(location);
  }

  /** Tells whether a file mentions the trigger of a stream. */
  boolean hasTrigger(String location) {
    return text(location).contains("templatedRoute")
        || text(location).contains("direct:stepsync-scheduled-run");
  }

  /** Returns those of the locations that there were, as Camel loads them. */
  List<Resource> resources(CamelContext context, Set<String> locations) {
    return files.keySet().stream()
        .filter(locations::contains)
        .map(location -> resource(context, location))
        .toList();
  }

  private Resource resource(CamelContext context, String location) {
    return location.startsWith(OWN)
        ? ResourceHelper.fromBytes(location, text(location).getBytes(StandardCharsets.ISO_8859_1))
        : PluginHelper.getResourceLoader(context).resolveResource(location);
  }
}
