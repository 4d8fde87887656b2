package io.stepsync.jdbc;

/**
 * A column of a stream's table.
 *
 * <p>Immutable.
 *
 * @param name the column's name, which is also the record's field; not empty
 * @param type what it holds
 * @param required whether a record without it is refused
 */
public record Column(String name, ColumnType type, boolean required) {

  /**
   * Reads a column from a stream's settings.
   *
   * @param text the type, with {@code !} behind it where the column is required: {@code STRING!}
   * @throws IllegalArgumentException naming the column, the rule and the value
   */
  static Column parse(String name, String text, boolean key) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("columns must have names, was '" + name + "'");
    }
    if (text == null) {
      throw new IllegalArgumentException("columns." + name + " must have a type");
    }
    String trimmed = text.strip();
    boolean required = trimmed.endsWith("!");
    try {
      ColumnType type =
          ColumnType.parse(required ? trimmed.substring(0, trimmed.length() - 1).strip() : trimmed);
      return new Column(name, type, required || key);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("columns." + name + ": " + e.getMessage(), e);
    }
  }
}
