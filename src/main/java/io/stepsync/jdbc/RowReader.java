package io.stepsync.jdbc;

import java.util.List;
import java.util.Map;

/** Makes a row out of a record, in the order of the stream's columns. Thread-safe. */
final class RowReader {

  private static final int SHOWN = 40;

  private final List<Column> columns;

  RowReader(TableSettings table) {
    this.columns = table.columns();
  }

  /**
   * @return a value a column, null where the record has none
   * @throws IllegalArgumentException with the reason for the dead letter, if a value does not fit
   */
  Object[] read(Map<String, Object> record) {
    Object[] row = new Object[columns.size()];
    for (int i = 0; i < row.length; i++) {
      Column column = columns.get(i);
      row[i] = value(column, record.get(column.name()));
    }
    return row;
  }

  private static Object value(Column column, Object json) {
    if (json == null) {
      if (column.required()) {
        throw new IllegalArgumentException("column " + column.name() + " is required, was missing");
      }
      return null;
    }
    try {
      return ValueReader.read(column.type(), json);
    } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
      throw new IllegalArgumentException(
          "column " + column.name() + " must be " + column.type() + ", was " + shortened(json), e);
    }
  }

  private static String shortened(Object json) {
    String text = ValueReader.jsonText(json);
    return text.codePointCount(0, text.length()) <= SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
  }
}
