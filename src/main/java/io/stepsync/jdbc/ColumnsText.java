package io.stepsync.jdbc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the columns and the key of a stream as they are written in its settings. */
public final class ColumnsText {

  /** A line break, or a comma that is not inside DECIMAL(p,s). */
  private static final Pattern SEPARATOR = Pattern.compile("\\R|,(?![^()\\n]*\\))");

  private ColumnsText() {}

  /**
   * Returns the types by column name, in the order of {@code text}.
   *
   * @param text {@code name: TYPE}, with line breaks or commas between
   * @throws IllegalArgumentException naming the setting, its rule and its value
   */
  public static Map<String, String> parse(String text) {
    Map<String, String> types = new LinkedHashMap<>();
    SEPARATOR
        .splitAsStream(text)
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .forEach(part -> add(types, part));
    return types;
  }

  private static void add(Map<String, String> types, String part) {
    int colon = part.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("columns must be lines of name: TYPE, was " + part);
    }
    String name = part.substring(0, colon).strip();
    if (types.put(name, part.substring(colon + 1).strip()) != null) {
      throw new IllegalArgumentException("columns must have a name each, was " + name + " twice");
    }
  }

  /** Returns {@code types} with the columns of {@code primaryKey} in front, then by name. */
  public static Map<String, String> keyFirst(String primaryKey, Map<String, String> types) {
    Set<String> rest = new TreeSet<>(types.keySet());
    Map<String, String> ordered = new LinkedHashMap<>();
    for (String name : names(primaryKey == null ? "" : primaryKey)) {
      if (rest.remove(name)) {
        ordered.put(name, types.get(name));
      }
    }
    rest.forEach(name -> ordered.put(name, types.get(name)));
    return ordered;
  }

  /** Returns the names that have commas between them. */
  static List<String> names(String text) {
    return Pattern.compile(",").splitAsStream(text).map(String::strip).toList();
  }
}
