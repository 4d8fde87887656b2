package io.stepsync.jdbc;

import io.stepsync.json.JsonPlace;
import io.stepsync.json.RecordValues;
import io.stepsync.window.FoundIds;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * What the records of one window became: rows and dead letters.
 *
 * <p>Not thread-safe.
 */
public final class WindowRows {

  private final RowReader reader;
  private final TableSettings table;
  private final int[] keyIndexes;
  private final int versionIndex;
  private final Map<Object, Row> rows = new LinkedHashMap<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final Set<String> uncopied = new TreeSet<>();
  private long duplicates;
  private long[] ids = new long[64];
  private int idCount;
  private FoundIds found;
  private Optional<JdbcCall> upserting = Optional.empty();
  private Optional<InsertCall> inserting = Optional.empty();
  private boolean passedOver;

  /** Starts a window of a stream that writes to {@code table}. */
  public WindowRows(TableSettings table) {
    this.table = table;
    this.reader = new RowReader(table);
    this.versionIndex = table.columnNames().indexOf(table.versionColumn());
    this.keyIndexes = table.primaryKey().stream().mapToInt(table.columnNames()::indexOf).toArray();
  }

  /**
   * Notes that the answer has a record of this ID, whatever becomes of it.
   *
   * @param id at least 0
   */
  public void see(long id) {
    if (idCount == ids.length) {
      ids = Arrays.copyOf(ids, 2 * idCount);
    }
    ids[idCount++] = id;
    found = null;
  }

  /**
   * Takes a record: a row, or a dead letter with its reason. Of two records with the same primary
   * key, or the same ID where there is no key, the newer one wins, and the later one where that
   * cannot be told.
   *
   * @param id the record's ID, at least 0
   * @param record the record's fields, as Jackson reads them
   */
  public void add(long id, Map<String, Object> record) {
    see(id);
    take(id, record, record);
  }

  /**
   * As {@link #add(long, Map)}, of a record of which no map was made.
   *
   * @param values what {@link #values} gave, which has read the record
   * @param source makes a map of it, should that be wanted
   */
  public void add(long id, RecordValues values, Supplier<Map<String, Object>> source) {
    see(id);
    take(id, source, source, () -> reader.row(values.all()));
  }

  /** Returns what reads records, but for their maps; last the value at {@code id}. */
  public RecordValues values(JsonPlace id) {
    return reader.values(id, uncopied);
  }

  /**
   * Takes what a transform made of a record that was seen, as {@link #add} does.
   *
   * @param source what the API sent, for a dead letter
   */
  public void take(long id, Map<String, Object> source, Map<String, Object> record) {
    take(id, () -> source, () -> record, () -> reader.read(record, uncopied));
  }

  private void take(
      long id,
      Supplier<Map<String, Object>> source,
      Supplier<Map<String, Object>> record,
      Supplier<Object[]> values) {
    forgetCalls();
    try {
      Row row = new Row(id, source, record, values.get());
      Row twin = rows.put(key(row), row);
      if (twin != null) {
        duplicates++;
        if (isNewer(twin, row)) {
          rows.put(key(row), twin);
        }
      }
    } catch (IllegalArgumentException e) {
      refuse(id, source.get(), e.getMessage());
    }
  }

  @SuppressWarnings("unchecked")
  private boolean isNewer(Row one, Row other) {
    return versionIndex >= 0
        && ((Comparable<Object>) one.values[versionIndex]).compareTo(other.values[versionIndex])
            > 0;
  }

  /** Notes that the answer has a record that is not asked for. */
  public void passOver() {
    passedOver = true;
  }

  /** Tells whether the answer had a record that was not asked for. */
  public boolean isPassedOver() {
    return passedOver;
  }

  /** Notes that the API cannot answer for {@code id}. */
  public void addFailure(long id, String reason) {
    deadLetters.add(new DeadLetter(id, DeadLetter.FETCH, reason, ""));
  }

  /** Notes that the row of {@code id} is not to be deleted: the database does not let it go. */
  void keep(long id, String reason) {
    deadLetters.add(new DeadLetter(id, DeadLetter.DELETE, reason, ""));
  }

  /** Makes a record that was seen a dead letter. */
  public void refuse(long id, Map<String, Object> record, String reason) {
    deadLetters.add(new DeadLetter(id, DeadLetter.RECORD, reason, ValueReader.jsonText(record)));
  }

  /**
   * Moves the rows that {@code database} refuses to the dead letters, with its words. They are
   * found by halving, so a window of n rows with one bad one costs about 2·log2(n) statements. Of
   * two that it takes by themselves but not together the later one is refused.
   */
  public void removeRefused(Trial database) throws SQLException {
    removeRefused(database, new ArrayList<>(), List.copyOf(rows.values()));
  }

  private void removeRefused(Trial database, List<Row> taken, List<Row> part) throws SQLException {
    List<Row> both = new ArrayList<>(taken);
    both.addAll(part);
    Optional<String> refusal = database.refusalOf(columnValues(both));
    if (refusal.isEmpty()) {
      taken.addAll(part);
      return;
    }
    if (part.size() > 1) {
      removeRefused(database, taken, part.subList(0, part.size() / 2));
      removeRefused(database, taken, part.subList(part.size() / 2, part.size()));
      return;
    }
    Row row = part.get(0);
    forgetCalls();
    rows.remove(key(row));
    refuse(row.id, row.source.get(), refusal.get());
  }

  /** Tries to write rows, and leaves nothing behind. */
  public interface Trial {

    /** Returns why the database refuses rows, or nothing if it takes them. */
    Optional<String> refusalOf(List<Object[]> columnValues) throws SQLException;
  }

  private static final class Row {
    private final long id;
    private final Supplier<Map<String, Object>> source;
    private final Supplier<Map<String, Object>> record;
    private final Object[] values;

    Row(
        long id,
        Supplier<Map<String, Object>> source,
        Supplier<Map<String, Object>> record,
        Object[] values) {
      this.id = id;
      this.source = source;
      this.record = record;
      this.values = values;
    }
  }

  private Object key(Row row) {
    Object[] values = row.values;
    if (keyIndexes.length == 0) {
      return row.id;
    }
    if (keyIndexes.length == 1) {
      return keyValue(values[keyIndexes[0]]);
    }
    List<Object> key = new ArrayList<>(keyIndexes.length);
    for (int index : keyIndexes) {
      key.add(keyValue(values[index]));
    }
    return key;
  }

  /** Arrays are equal by identity, so a BINARY key needs a wrapper. */
  private static Object keyValue(Object value) {
    return value instanceof byte[] bytes ? java.nio.ByteBuffer.wrap(bytes) : value;
  }

  /**
   * Returns the call of {@code statement} that writes the rows. It is made once, so one who has the
   * time can ask for it before it is needed.
   *
   * @param statement always the same
   * @throws SQLException as the database would for a value that it cannot keep as it is
   */
  public JdbcCall writing(UpsertStatement statement) throws SQLException {
    if (upserting.isEmpty()) {
      upserting = Optional.of(statement.writing(columnValues()));
    }
    return upserting.get();
  }

  /** Returns the same for rows of which none should be there yet, if that is faster. */
  public Optional<InsertCall> inserting(UpsertStatement statement) throws SQLException {
    if (inserting.isEmpty()) {
      inserting = statement.inserting(columnValues());
    }
    return inserting;
  }

  private void forgetCalls() {
    upserting = Optional.empty();
    inserting = Optional.empty();
  }

  /** Returns one array a column, in the order of the columns, with a value a row. */
  public List<Object[]> columnValues() {
    return columnValues(rows.values());
  }

  /** Returns the IDs of the rows' records, in the order of {@link #columnValues}. */
  public Object[] rowIds() {
    return rows.values().stream().map(row -> (Object) row.id).toArray();
  }

  private List<Object[]> columnValues(Collection<Row> part) {
    List<Object[]> columns = new ArrayList<>(table.columns().size());
    for (int i = 0; i < table.columns().size(); i++) {
      columns.add(new Object[part.size()]);
    }
    int index = 0;
    for (Row row : part) {
      for (int i = 0; i < row.values.length; i++) {
        columns.get(i)[index] = row.values[i];
      }
      index++;
    }
    return columns;
  }

  /** Returns the records of the rows, in the order of their IDs, for a sink other than a table. */
  public List<Map<String, Object>> rowRecords() {
    return rows.values().stream()
        .sorted(Comparator.comparingLong(row -> row.id))
        .map(row -> row.record.get())
        .toList();
  }

  /** Returns the rows that the window brings to the table. */
  public int rowCount() {
    return rows.size();
  }

  /** Returns the refused records, in the order of the answer. */
  public List<DeadLetter> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /** Returns the IDs of the records that were refused, and of the rows that are kept. */
  List<Long> refusedIds() {
    return deadLetters.stream().map(DeadLetter::id).toList();
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
    return idCount;
  }

  /** Returns the records that a later one with the same primary key replaced. */
  public long duplicates() {
    return duplicates;
  }

  /**
   * Returns the fields, or JSON Pointers to fields in objects, that some record has a value for and
   * the table has no column; at most a hundred.
   */
  public Set<String> uncopied() {
    return Collections.unmodifiableSet(uncopied);
  }

  /** Returns the lowest ID of the answer, refused records included; there must be one. */
  public long lowestId() {
    return found().lowest();
  }

  /** Returns the IDs of the answer, those of refused records included. */
  public FoundIds found() {
    if (found == null) {
      found = FoundIds.of(Arrays.copyOf(ids, idCount));
    }
    return found;
  }

  /** Leaves out all that came with this ID, which was not asked for its own sake. */
  public void leaveOut(long id) {
    rows.values().removeIf(row -> row.id == id);
    deadLetters.removeIf(letter -> letter.id() == id);
    ids = LongStream.of(ids).limit(idCount).filter(other -> other != id).toArray();
    idCount = ids.length;
    found = null;
    forgetCalls();
  }
}
