package io.stepsync.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the records of one window became: rows and dead letters.
 *
 * <p>Not thread-safe.
 */
public final class WindowRows {

  private final RowReader reader;
  private final TableSettings table;
  private final int[] keyIndexes;
  private final Map<Object, Object[]> rows = new LinkedHashMap<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private long records;
  private long duplicates;
  private long highestId = -1;

  /** Starts a window of a stream that writes to {@code table}. */
  public WindowRows(TableSettings table) {
    this.table = table;
    this.reader = new RowReader(table);
    this.keyIndexes = table.primaryKey().stream().mapToInt(table.columnNames()::indexOf).toArray();
  }

  /**
   * Takes a record: a row, or a dead letter with its reason. Of two records with the same primary
   * key the later one wins.
   *
   * @param id the record's ID, at least 0
   * @param record the record's fields, as Jackson reads them
   */
  public void add(long id, Map<String, Object> record) {
    records++;
    highestId = Math.max(highestId, id);
    try {
      Object[] row = reader.read(record);
      if (rows.put(key(row), row) != null) {
        duplicates++;
      }
    } catch (IllegalArgumentException e) {
      deadLetters.add(new DeadLetter(id, e.getMessage(), ValueReader.jsonText(record)));
    }
  }

  private Object key(Object[] row) {
    if (keyIndexes.length == 1) {
      return keyValue(row[keyIndexes[0]]);
    }
    List<Object> key = new ArrayList<>(keyIndexes.length);
    for (int index : keyIndexes) {
      key.add(keyValue(row[index]));
    }
    return key;
  }

  /** Arrays are equal by identity, so a BINARY key needs a wrapper. */
  private static Object keyValue(Object value) {
    return value instanceof byte[] bytes ? java.nio.ByteBuffer.wrap(bytes) : value;
  }

  /** Returns one array a column, in the order of the columns, with a value a row. */
  public List<Object[]> columnValues() {
    List<Object[]> values = new ArrayList<>(table.columns().size());
    for (int i = 0; i < table.columns().size(); i++) {
      int column = i;
      values.add(rows.values().stream().map(row -> row[column]).toArray());
    }
    return values;
  }

  /** Returns the rows that the window brings to the table. */
  public int rowCount() {
    return rows.size();
  }

  /** Returns the refused records, in the order of the answer. */
  public List<DeadLetter> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /** Returns how many records were refused. */
  public int deadLetterCount() {
    return deadLetters.size();
  }

  /** Returns the record that was refused last; there must be one. */
  public DeadLetter lastDeadLetter() {
    return deadLetters.get(deadLetters.size() - 1);
  }

  /** Returns the records of the answer, duplicates and refused ones included. */
  public long records() {
    return records;
  }

  /** Returns the records that a later one with the same primary key replaced. */
  public long duplicates() {
    return duplicates;
  }

  /** Returns the highest ID of the answer, refused records included, or nothing if it was empty. */
  public OptionalLong highestId() {
    return records == 0 ? OptionalLong.empty() : OptionalLong.of(highestId);
  }
}
