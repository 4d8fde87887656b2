package io.stepsync.main.files;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a route file defines.
 *
 * @param kind bean, route, templatedRoute, routeTemplate or routeConfiguration
 * @param name its name; null if it has none
 * @param file where it is
 * @param line the line on which it begins, from 1
 * @param columns the names of a bean's columns that are given as properties
 * @param parts a bean's type and settings, a templated route's template and parameters, stream and
 *     schedule of a plain route, each with its line; a column is {@code columns.name}
 */
record RouteItem(
    String kind,
    String name,
    Path file,
    int line,
    List<String> columns,
    Map<String, RouteItem.Part> parts) {

  private static final Pattern TRIGGER = Pattern.compile("^quartz:(?://)?stepsync/([^/?]+)");

  /**
   * A setting or a parameter.
   *
   * @param value its text; null if it has none
   * @param line from 1
   */
  record Part(String value, int line) {}

  /** Returns the stream that a route from this endpoint runs; null if it runs none. */
  static String triggered(String uri) {
    Matcher quartz = TRIGGER.matcher(String.valueOf(uri));
    return quartz.find() ? quartz.group(1) : null;
  }

  /** Returns the item's name among those that may be there once; templated routes are routes. */
  String unique() {
    return (kind.equals("templatedRoute") ? "route" : kind) + " " + name;
  }

  /** Returns a part's value; null if it is not there. */
  String value(String part) {
    return parts.containsKey(part) ? parts.get(part).value() : null;
  }

  /** Adds the columns that {@code text} has a line each, which begins on {@code line}. */
  static void addColumns(Map<String, Part> parts, String text, int line) {
    int at = line;
    for (String row : text.split("\\R", -1)) {
      for (String column : row.split(",", -1)) {
        parts.put("columns." + column.split("[:=]", 2)[0].strip(), new Part(column.strip(), at));
      }
      at++;
    }
  }

  /** Returns an empty map for parts. */
  static Map<String, Part> noParts() {
    return new LinkedHashMap<>();
  }
}
