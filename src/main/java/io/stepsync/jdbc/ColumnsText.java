package io.stepsync.jdbc;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the columns and the key of a stream as they are written in its settings. */
public final class ColumnsText {

  /** A line break, or a comma that is not inside DECIMAL(p,s). */
  private static final Pattern SEPARATOR = Pattern.compile("\\R|,(?![^()\\n]*\\))");

  /**
   * A name may have colons, and so may what comes after a type: the first type behind a colon ends
   * the name.
   */
  private static final Pattern COLUMN =
      Pattern.compile("(.*?):(\\s*(?:%s)(?![A-Za-z0-9_]).*)".formatted(kinds()));

  private static final String TEXT = "\\s*(?:\"([^\"]*)\"|([^\",\\s](?:[^\",]*[^\",\\s])?))\\s*";

  private static final Pattern TEXTS = Pattern.compile("\\s*|" + TEXT + "(?:," + TEXT + ")*");

  private ColumnsText() {}

  private static String kinds() {
    return Arrays.stream(ColumnType.Kind.values()).map(Enum::name).collect(Collectors.joining("|"));
  }

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
    Matcher column = COLUMN.matcher(part);
    int colon = column.matches() ? column.end(1) : part.lastIndexOf(':');
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

  /**
   * Returns the texts that have commas between them; one with blanks at its ends, or none at all,
   * is in double quotes.
   *
   * @throws IllegalArgumentException naming the rule and the value
   */
  public static Set<String> texts(String list) {
    if (!TEXTS.matcher(list).matches()) {
      throw new IllegalArgumentException(
          "nulls must be texts with commas between, the empty one as \"\", was " + list);
    }
    return Pattern.compile(TEXT)
        .matcher(list)
        .results()
        .map(text -> text.group(1) == null ? text.group(2) : text.group(1))
        .collect(Collectors.toSet());
  }

  /** Returns the names that have commas between them. */
  static List<String> names(String text) {
    return Pattern.compile(",").splitAsStream(text).map(String::strip).toList();
  }
}
