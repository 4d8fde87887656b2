package io.stepsync.jdbc;

import java.util.regex.Pattern;

/**
 * A column of a stream's table.
 *
 * <p>Immutable.
 *
 * @param name the column's name, which is also the record's field; not empty
 * @param type what it holds
 * @param required whether a record without it is refused
 * @param rounded whether a value that the table's column cannot hold exactly is rounded to it
 */
public record Column(String name, ColumnType type, boolean required, boolean rounded) {

  private static final Pattern ROUNDED = Pattern.compile("\\s+rounded$");

  /** A column that is never rounded. */
  public Column(String name, ColumnType type, boolean required) {
    this(name, type, required, false);
  }

  /**
   * Reads a column from a stream's settings.
   *
   * @param text the type, with {@code !} behind it where the column is required: {@code STRING!},
   *     and then {@code rounded} where it may be
   * @throws IllegalArgumentException naming the column, the rule and the value
   */
  static Column parse(String name, String text, boolean key) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("columns must have names, was '" + name + "'");
    }
    if (text == null) {
      throw new IllegalArgumentException("columns." + name + " must have a type");
    }
    String stripped = text.strip();
    String trimmed = ROUNDED.matcher(stripped).replaceFirst("");
    boolean rounded = !trimmed.equals(stripped);
    boolean required = trimmed.endsWith("!");
    try {
      ColumnType type =
          ColumnType.parse(required ? trimmed.substring(0, trimmed.length() - 1).strip() : trimmed);
      requireRounding(type, rounded, key);
      return new Column(name, type, required || key, rounded);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("columns." + name + ": " + e.getMessage(), e);
    }
  }

  /** A key that is rounded would make one of two records. */
  private static void requireRounding(ColumnType type, boolean rounded, boolean key) {
    if (rounded && (key || !type.canBeRounded())) {
      throw new IllegalArgumentException(
          "rounded must be a column of times, DECIMAL, FLOAT or DOUBLE that is neither in primaryKey"
              + " nor versionColumn, was "
              + type);
    }
  }
}
