package io.stepsync.jdbc;

import static java.util.stream.Collectors.joining;

import io.stepsync.window.IdWindow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The rows of a range of IDs that an answer lacks: a first look notes them in {@code
 * stepsync_missing}, and a second one deletes, or marks as deleted, those that were noted. Rows of
 * records that were refused are not missing, nor are those that are marked already.
 *
 * <p>That table is stepsync's own, whose SQL is else in {@code store}; but each of these statements
 * also reads the stream's table, in the words of its dialect. They are in camel-jdbc's notation.
 * Immutable.
 */
public final class MissingRows {

  private static final String KEY = "k";
  private static final String REFUSED = "refused";
  private static final String NOTE = "n";
  private static final List<Column> NOTE_COLUMNS =
      List.of(new Column("stream", ColumnType.parse("STRING"), true));

  private final Dialect dialect;
  private final TableSettings table;
  private final Column idColumn;
  private final boolean soft;

  MissingRows(Dialect dialect, TableSettings table, Column idColumn, boolean soft) {
    this.dialect = dialect;
    this.table = table;
    this.idColumn = idColumn;
    this.soft = soft;
  }

  /** Returns the statement that notes the rows of a range which the answer lacks. */
  public String note() {
    return "INSERT INTO stepsync_missing (stream, id, row_key) SELECT n.n0, "
        + (isText() ? dialect.wholeNumber(id()) : id())
        + ", "
        + key()
        + " FROM "
        + target()
        + " CROSS JOIN "
        + dialect.rows(NOTE, NOTE_COLUMNS, NOTE)
        + " WHERE "
        + isMissing();
  }

  /** Returns the statement that deletes, or marks, the noted rows of a range that it lacks too. */
  public String delete() {
    return (soft ? mark() : "DELETE FROM " + target())
        + " WHERE "
        + isMissing()
        + " AND EXISTS (SELECT 1 FROM stepsync_missing m WHERE m.stream = :?stream AND "
        + (isText() ? "m.id BETWEEN :?from AND :?to" : "m.id = " + id())
        + " AND m.row_key = "
        + key()
        + ")";
  }

  /** Returns the statement that gives the number of rows of a range which the answer lacks. */
  public String countMissing() {
    return "SELECT COUNT(*) AS found FROM " + target() + " WHERE " + isMissing();
  }

  /** Returns the statement that gives the number of rows of a range whose records were refused. */
  public String countRefused() {
    return "SELECT COUNT(*) AS found FROM "
        + target()
        + " WHERE "
        + inRange()
        + " AND "
        + isRefused();
  }

  /** Returns the statement that gives the keys of the rows that the answer lacks, as texts. */
  public String keysOfMissing() {
    return "SELECT " + key() + " AS row_key FROM " + target() + " WHERE " + isMissing();
  }

  /** Returns the statement that gives their IDs, and the values of their keys, as texts. */
  public String missing() {
    return "SELECT "
        + (isText() ? dialect.wholeNumber(id()) : id())
        + " AS id, "
        + String.join(", ", keyColumns().stream().map(this::text).toList())
        + " FROM "
        + target()
        + " WHERE "
        + isMissing();
  }

  /** Returns the statement that gives the number of all rows of a range. */
  public String countAll() {
    return "SELECT COUNT(*) AS found FROM " + target() + " WHERE " + inRange();
  }

  private String mark() {
    return "UPDATE "
        + target()
        + " SET "
        + dialect.quoted(TableSettings.DELETED)
        + " = TRUE, "
        + dialect.quoted(TableSettings.SYNCED_AT)
        + " = "
        + dialect.now();
  }

  private String isMissing() {
    return inRange()
        + " AND NOT EXISTS (SELECT 1 FROM "
        + dialect.rows("a", keyColumns(), KEY)
        + " WHERE "
        + keyEquals()
        + ") AND NOT "
        + isRefused();
  }

  private String isRefused() {
    return "EXISTS (SELECT 1 FROM "
        + dialect.rows("r", List.of(idColumn), REFUSED)
        + " WHERE r.refused0 = "
        + id()
        + ")";
  }

  /** Texts of as many digits are in the order of their numbers; other texts are no IDs. */
  private String inRange() {
    String range = id() + " BETWEEN :?first AND :?last";
    if (isText()) {
      range += " AND " + dialect.characters(id()) + " = :?digits AND " + dialect.wholeNumber(id());
      range += " IS NOT NULL";
    }
    String deleted = qualified(TableSettings.DELETED);
    return soft ? range + " AND (" + deleted + " IS NULL OR NOT " + deleted + ")" : range;
  }

  /** A key's values as one text, the same for the same values only. */
  private String key() {
    List<String> values = keyColumns().stream().map(this::text).toList();
    if (values.size() == 1) {
      return values.get(0);
    }
    List<String> parts = new ArrayList<>();
    for (String value : values) {
      parts.add(dialect.text(ColumnType.parse("LONG"), dialect.characters(value)));
      parts.add("':'");
      parts.add(value);
    }
    return "CONCAT(" + String.join(", ", parts) + ")";
  }

  private String text(Column column) {
    return dialect.text(column.type(), qualified(column.name()));
  }

  private String keyEquals() {
    List<Column> key = keyColumns();
    return IntStream.range(0, key.size())
        .mapToObj(
            i -> dialect.same(key.get(i).type(), "a." + KEY + i, qualified(key.get(i).name())))
        .collect(joining(" AND "));
  }

  private String target() {
    return dialect.quoted(table.table());
  }

  private String id() {
    return qualified(idColumn.name());
  }

  private String qualified(String column) {
    return target() + "." + dialect.quoted(column);
  }

  private List<Column> keyColumns() {
    return table.primaryKey().stream()
        .map(name -> table.columns().get(table.columnNames().indexOf(name)))
        .toList();
  }

  private boolean isText() {
    return idColumn.type().kind() == ColumnType.Kind.STRING;
  }

  /** Returns the ranges that need a call each, together {@code window}. */
  public List<IdWindow> ranges(IdWindow window) {
    return isText() ? window.byDigits() : List.of(window);
  }

  /** Returns the parameters of a call of {@link #countAll}. */
  public Map<String, Object> parameters(IdWindow range) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("first", value(range.firstId()));
    parameters.put("last", value(range.lastId()));
    parameters.put("digits", Long.toString(range.lastId()).length());
    return parameters;
  }

  /**
   * Returns the parameters of a call of any statement.
   *
   * @param stream the stream's name
   * @param range one of {@link #ranges}
   * @param rows what the whole answer to the window brought
   * @throws SQLException as the database would for a value that it cannot keep as it is
   */
  public Map<String, Object> parameters(String stream, IdWindow range, WindowRows rows)
      throws SQLException {
    Map<String, Object> parameters = parameters(range);
    List<Object[]> values = rows.columnValues();
    List<Object[]> keys =
        table.primaryKey().stream()
            .map(name -> values.get(table.columnNames().indexOf(name)))
            .toList();
    parameters.putAll(dialect.parameters(KEY, keyColumns(), keys));
    Object[] refused = rows.refusedIds().stream().map(this::value).toArray();
    parameters.putAll(
        dialect.parameters(REFUSED, List.of(idColumn), Collections.singletonList(refused)));
    List<Object[]> note = Collections.singletonList(new Object[] {stream});
    parameters.putAll(dialect.parameters(NOTE, NOTE_COLUMNS, note));
    parameters.put("stream", stream);
    parameters.put("from", range.firstId());
    parameters.put("to", range.lastId());
    return parameters;
  }

  private Object value(long id) {
    return isText() ? Long.toString(id) : (Object) id;
  }
}
