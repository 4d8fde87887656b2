package io.stepsync.jdbc;

import io.stepsync.json.FieldsBeside;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a row out of a record, in the order of the stream's columns. Thread-safe. */
final class RowReader {

  private static final int SHOWN = 40;

  /** No table has as many columns; objects that are maps have any number of fields. */
  private static final int MOST_FIELDS = 100;

  private static final int NANOS_OF_A_MICROSECOND = 1000;

  private final List<Column> columns;
  private final FieldsBeside beside;
  private final boolean toTable;

  RowReader(TableSettings table) {
    this.columns = table.columns();
    this.beside = new FieldsBeside(table.places());
    this.toTable = table.hasTable();
  }

  /**
   * @param uncopied the fields that have no column, to which those of {@code record} are added
   * @return a value a column, null where the record has none
   * @throws IllegalArgumentException with the reason for the dead letter, if a value does not fit
   */
  Object[] read(Map<String, Object> record, Set<String> uncopied) {
    Object[] row = new Object[columns.size()];
    int values = 0;
    for (int i = 0; i < row.length; i++) {
      Column column = columns.get(i);
      Object json = column.place().in(record);
      values += json == null ? 0 : 1;
      row[i] = value(column, json);
    }
    if (record.size() != values && !columns.isEmpty()) {
      beside.addOf(record, uncopied, MOST_FIELDS);
    }
    return row;
  }

  private Object value(Column column, Object json) {
    if (json == null || (json instanceof String text && column.nulls().contains(text))) {
      if (column.required()) {
        throw new IllegalArgumentException(
            "column %s is required, was %s"
                .formatted(column.name(), json == null ? "missing" : shortened(json)));
      }
      return null;
    }
    try {
      Object value =
          column.since1970() == null
              ? ValueReader.read(column.type(), json)
              : ValueReader.moment(json, column.since1970());
      if (toTable && !column.rounded()) {
        requireMicroseconds(value);
      }
      return value;
    } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
      throw new IllegalArgumentException(
          "column %s must be %s%s, was %s"
              .formatted(
                  column.name(),
                  column.shownType(),
                  e instanceof TooFine ? ", of which a database keeps six decimals" : "",
                  shortened(json)),
          e);
    }
  }

  /** Databases would round it; where all records are so, a table cannot hold them as they are. */
  private static void requireMicroseconds(Object value) {
    if (value instanceof Temporal time
        && time.isSupported(ChronoField.NANO_OF_SECOND)
        && time.get(ChronoField.NANO_OF_SECOND) % NANOS_OF_A_MICROSECOND != 0) {
      throw new TooFine();
    }
  }

  private static final class TooFine extends ArithmeticException {
    private static final long serialVersionUID = 1L;
  }

  private static String shortened(Object json) {
    String text = ValueReader.jsonText(json);
    return text.codePointCount(0, text.length()) <= SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
  }
}
