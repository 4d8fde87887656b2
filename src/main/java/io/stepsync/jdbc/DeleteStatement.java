package io.stepsync.jdbc;

import static java.util.stream.Collectors.joining;

import io.stepsync.sync.IdWindow;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Deletes, or marks as deleted, the rows of a range of IDs that an answer lacks. Rows of records
 * that were refused stay.
 *
 * <p>Immutable.
 */
public final class DeleteStatement {

  private static final String KEY = "k";
  private static final String REFUSED = "refused";

  private final Dialect dialect;
  private final TableSettings table;
  private final Column idColumn;
  private final String sql;

  DeleteStatement(Dialect dialect, TableSettings table, Column idColumn, boolean soft) {
    this.dialect = dialect;
    this.table = table;
    this.idColumn = idColumn;
    this.sql =
        (soft ? mark() : "DELETE FROM " + dialect.quoted(table.table()) + " WHERE ")
            + inRange()
            + " AND NOT EXISTS (SELECT 1 FROM "
            + dialect.rows("a", keyColumns(), KEY)
            + " WHERE "
            + keyEquals()
            + ") AND NOT EXISTS (SELECT 1 FROM "
            + dialect.rows("r", List.of(idColumn), REFUSED)
            + " WHERE r.refused0 = "
            + qualified(idColumn.name())
            + ")";
  }

  private String mark() {
    String deleted = dialect.quoted(TableSettings.DELETED);
    return "UPDATE "
        + dialect.quoted(table.table())
        + " SET "
        + deleted
        + " = TRUE, "
        + dialect.quoted(TableSettings.SYNCED_AT)
        + " = "
        + dialect.now()
        + " WHERE ("
        + deleted
        + " IS NULL OR NOT "
        + deleted
        + ") AND ";
  }

  /** Texts of as many digits are in the order of their numbers. */
  private String inRange() {
    String id = dialect.quoted(idColumn.name());
    String range = id + " BETWEEN :?first AND :?last";
    return isText() ? range + " AND CHAR_LENGTH(" + id + ") = :?digits" : range;
  }

  private String keyEquals() {
    List<String> key = table.primaryKey();
    return IntStream.range(0, key.size())
        .mapToObj(i -> "a." + KEY + i + " = " + qualified(key.get(i)))
        .collect(joining(" AND "));
  }

  private String qualified(String column) {
    return dialect.quoted(table.table()) + "." + dialect.quoted(column);
  }

  private List<Column> keyColumns() {
    return table.primaryKey().stream()
        .map(name -> table.columns().get(table.columnNames().indexOf(name)))
        .toList();
  }

  private boolean isText() {
    return idColumn.type().kind() == ColumnType.Kind.STRING;
  }

  /** Returns the statement, in camel-jdbc's notation. */
  public String sql() {
    return sql;
  }

  /** Returns the ranges that need a call each, together {@code window}. */
  public List<IdWindow> ranges(IdWindow window) {
    return isText() ? window.byDigits() : List.of(window);
  }

  /**
   * Returns the parameters of a call.
   *
   * @param range one of {@link #ranges}
   * @param rows what the whole answer to the window brought
   * @throws SQLException as the database would for a value that it cannot keep as it is
   */
  public Map<String, Object> parameters(IdWindow range, WindowRows rows) throws SQLException {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("first", value(range.firstId()));
    parameters.put("last", value(range.lastId()));
    parameters.put("digits", Long.toString(range.lastId()).length());
    List<Object[]> values = rows.columnValues();
    List<Object[]> keys =
        table.primaryKey().stream()
            .map(name -> values.get(table.columnNames().indexOf(name)))
            .toList();
    parameters.putAll(dialect.parameters(KEY, keyColumns(), keys));
    Object[] refused = rows.refusedIds().stream().map(this::value).toArray();
    parameters.putAll(
        dialect.parameters(REFUSED, List.of(idColumn), Collections.singletonList(refused)));
    return parameters;
  }

  private Object value(long id) {
    return isText() ? Long.toString(id) : (Object) id;
  }
}
