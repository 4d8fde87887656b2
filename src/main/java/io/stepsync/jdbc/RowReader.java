package io.stepsync.jdbc;

import io.stepsync.json.JsonPlace;
import io.stepsync.json.RecordFields;
import io.stepsync.json.RecordValues;
import io.stepsync.json.ShortText;
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
  private final List<JsonPlace> places;
  private final RecordFields fields;

  /** Whether a field of a record may hold the values of several columns, or of none by its name. */
  private final boolean inObjects;

  private final boolean toTable;

  RowReader(TableSettings table) {
    this.columns = table.columns();
    this.places = table.places();
    this.fields = new RecordFields(places);
    this.inObjects =
        columns.stream().anyMatch(each -> !each.place().equals(JsonPlace.ofField(each.name())));
    this.toTable = table.hasTable();
  }

  /**
   * @param uncopied the fields that have no column, to which those of {@code record} are added
   * @return a value a column, null where the record has none
   * @throws IllegalArgumentException with the reason for the dead letter, if a value does not fit
   */
  Object[] read(Map<String, Object> record, Set<String> uncopied) {
    Object[] json = new Object[columns.size()];
    int values = 0;
    for (int i = 0; i < json.length; i++) {
      json[i] = places.get(i).in(record);
      values += json[i] == null ? 0 : 1;
    }
    Object[] row = row(json);
    if (!columns.isEmpty() && (inObjects || record.size() != values)) {
      fields.addBeside(record, uncopied, MOST_FIELDS);
    }
    return row;
  }

  /** Returns what reads the value of each column, and last that at {@code more}. */
  RecordValues values(JsonPlace more, Set<String> uncopied) {
    return new RecordValues(new RecordFields(places, more), uncopied, MOST_FIELDS);
  }

  /**
   * Makes a row out of values as Jackson reads them.
   *
   * @param json the value of each column, and maybe others
   * @throws IllegalArgumentException as {@link #read} does
   */
  Object[] row(Object[] json) {
    Object[] row = new Object[columns.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = value(columns.get(i), json[i]);
    }
    return row;
  }

  private Object value(Column column, Object json) {
    if (json == null || (json instanceof String text && column.isNull(text))) {
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
    return ShortText.told(ValueReader.jsonText(json), SHOWN);
  }
}
