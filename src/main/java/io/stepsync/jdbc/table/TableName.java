package io.stepsync.jdbc.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table's name as it is written in a stream: {@code user}, or {@code sales.order} with its
 * schema, which is the database on MariaDB and MySQL. A name with a dot in it is in double quotes.
 *
 * <p>Immutable.
 *
 * @param schema the schema; null for that of the connection
 * @param name the table's name, without quotes
 */
public record TableName(String schema, String name) {

  private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")+)\"|([^\".][^.]*)");

  /**
   * Reads a name as it is written in a stream's settings.
   *
   * @throws IllegalArgumentException naming the rule and the value
   */
  public static TableName parse(String text) {
    if (!text.equals(text.strip())) {
      throw new IllegalArgumentException(
          "table must have no blank at its ends, was \"" + text + '"');
    }
    List<String> parts = new ArrayList<>();
    Matcher part = PART.matcher(text);
    int start = 0;
    while (start <= text.length() && part.region(start, text.length()).lookingAt()) {
      parts.add(part.group(2) != null ? part.group(2) : part.group(1).replace("\"\"", "\""));
      boolean more = part.end() < text.length() && text.charAt(part.end()) == '.';
      start = part.end() + (more ? 1 : text.length() + 1);
      if (!more && part.end() < text.length()) {
        throw wrong(text);
      }
    }
    if (start <= text.length() || parts.isEmpty() || parts.size() > 2) {
      throw wrong(text);
    }
    return parts.size() == 1
        ? new TableName(null, parts.get(0))
        : new TableName(parts.get(0), parts.get(1));
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "table must be a name, or a schema and a name with a dot between, and a name that has a dot"
            + " in double quotes, was "
            + text);
  }

  /** Returns the name with {@code own} for its schema, if it has none. */
  public TableName within(String own) {
    return schema == null ? new TableName(own, name) : this;
  }

  /** Returns the name with each of its parts changed. */
  public TableName map(UnaryOperator<String> part) {
    return new TableName(schema == null ? null : part.apply(schema), part.apply(name));
  }

  /** The name as it is written in a stream's settings. */
  @Override
  public String toString() {
    return (schema == null ? "" : written(schema) + ".") + written(name);
  }

  private static String written(String part) {
    return part.indexOf('.') < 0 && !part.startsWith("\"")
        ? part
        : '"' + part.replace("\"", "\"\"") + '"';
  }
}
