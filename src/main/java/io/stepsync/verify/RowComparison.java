package io.stepsync.verify;

import static java.util.stream.Collectors.joining;

import io.stepsync.jdbc.Column;
import io.stepsync.jdbc.ColumnType;
import io.stepsync.jdbc.DeadLetter;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.Dialects;
import io.stepsync.jdbc.JdbcCall;
import io.stepsync.jdbc.MissingRows;
import io.stepsync.jdbc.SqlFault;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.TargetTable;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.verify.RowDifference.Kind;
import io.stepsync.window.IdWindow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Compares the rows that an answer brings with those of the table. The database does it, by the
 * condition on which an upsert would change a row, so that values are the same if the table keeps
 * them so. It only reads, a statement at a time and in no transaction.
 *
 * <p>Immutable, and thread-safe.
 */
public final class RowComparison {

  private static final String PREFIX = "c";
  private static final Column ID =
      new Column("id", new ColumnType(ColumnType.Kind.LONG, 0, 0), true);

  /** More of a value is not fetched. */
  private static final int FETCHED = 1000;

  private static final ColumnType BOOLEAN = new ColumnType(ColumnType.Kind.BOOLEAN, 0, 0);

  private final Dialect dialect;
  private final String stream;
  private final TableSettings table;
  private final List<Column> columns;
  private final List<Column> compared;
  private final String differing;
  private final Optional<MissingRows> lacking;

  /**
   * @param connection to the table, which must be there; not kept
   * @param stream the stream's name
   * @param idColumn the column that holds a record's ID; where there is none, rows without a record
   *     are not found
   */
  public RowComparison(
      Connection connection, String stream, TableSettings table, Optional<Column> idColumn)
      throws SQLException {
    this.dialect = Dialects.of(connection);
    this.stream = stream;
    this.table = table;
    this.columns = new ArrayList<>(table.columns());
    columns.add(ID);
    this.compared =
        table.columns().stream()
            .filter(column -> !table.primaryKey().contains(column.name()))
            .toList();
    this.differing = differing();
    TargetTable target = new TargetTable(connection, table);
    this.lacking = idColumn.map(column -> target.missingRows(column, table.metadataColumns()));
  }

  /** Tells whether rows are found of which the API has no record. */
  public boolean findsSurplus() {
    return lacking.isPresent();
  }

  /** Its columns: the ID, whether there is a row, the key; of each other its values and whether. */
  private String differing() {
    List<String> selected = new ArrayList<>();
    selected.add("s." + PREFIX + table.columns().size());
    selected.add("CASE WHEN " + isMissing() + " THEN 1 ELSE 0 END");
    for (String key : table.primaryKey()) {
      selected.add(text(column(key).type(), fresh(key)));
    }
    List<String> differ = new ArrayList<>();
    for (Column column : compared) {
      String condition = dialect.differ(column.type(), old(column.name()), fresh(column.name()));
      differ.add(condition);
      add(selected, condition, column.type(), fresh(column.name()), old(column.name()));
    }
    if (table.metadataColumns()) {
      String deleted = old(TableSettings.DELETED);
      differ.add(deleted);
      add(selected, deleted, BOOLEAN, "FALSE", deleted);
    }
    differ.add(0, isMissing());
    return "SELECT "
        + String.join(", ", selected)
        + " FROM "
        + dialect.rows("s", columns, PREFIX)
        + " LEFT JOIN "
        + dialect.quoted(table.table())
        + " t ON "
        + table.primaryKey().stream()
            .map(key -> dialect.same(column(key).type(), old(key), fresh(key)))
            .collect(joining(" AND "))
        + " WHERE "
        + String.join(" OR ", differ);
  }

  private void add(
      List<String> selected, String condition, ColumnType type, String fresh, String old) {
    selected.add("CASE WHEN " + condition + " THEN 1 ELSE 0 END");
    selected.add(start(text(type, fresh)));
    selected.add(start(text(type, old)));
  }

  private String text(ColumnType type, String value) {
    return dialect.text(type, value);
  }

  private static String start(String text) {
    return "SUBSTRING(" + text + " FROM 1 FOR " + FETCHED + ")";
  }

  private String isMissing() {
    return old(table.primaryKey().get(0)) + " IS NULL";
  }

  private String old(String column) {
    return "t." + dialect.quoted(column);
  }

  private String fresh(String column) {
    return "s." + PREFIX + table.columnNames().indexOf(column);
  }

  private Column column(String name) {
    return table.columns().get(table.columnNames().indexOf(name));
  }

  /**
   * Returns what the rows of a window differ in from those of the table. Rows that the database
   * refuses become dead letters of {@code rows}.
   *
   * @param window the IDs that were asked
   * @param rows what the whole answer brought
   * @param mask takes secrets out of values
   */
  public List<RowDifference> of(
      Connection connection, IdWindow window, WindowRows rows, UnaryOperator<String> mask)
      throws SQLException {
    List<RowDifference> found = new ArrayList<>();
    if (rows.rowCount() > 0) {
      try {
        found.addAll(differing(connection, rows, mask));
      } catch (SQLException e) {
        if (SqlFault.of(e) != SqlFault.ROWS_REFUSED) {
          throw e;
        }
        rows.removeRefused(values -> refusalOf(connection, values));
        found.clear();
        if (rows.rowCount() > 0) {
          found.addAll(differing(connection, rows, mask));
        }
      }
    }
    if (lacking.isPresent()) {
      for (IdWindow range : lacking.get().ranges(window)) {
        found.addAll(surplus(connection, lacking.get(), range, rows));
      }
    }
    for (DeadLetter letter : rows.deadLetters()) {
      if (letter.isFetch()) {
        found.add(new RowDifference(Kind.UNANSWERED, letter.id(), List.of(), List.of()));
      }
    }
    return found;
  }

  private Optional<String> refusalOf(Connection connection, List<Object[]> values)
      throws SQLException {
    Object[] ids = new Object[values.get(0).length];
    Arrays.fill(ids, 0L);
    try (PreparedStatement statement = call(values, ids).prepare(connection);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        // each row may be refused where it is read
      }
      return Optional.empty();
    } catch (SQLException e) {
      if (SqlFault.of(e) != SqlFault.ROWS_REFUSED) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private JdbcCall call(List<Object[]> values, Object[] ids) throws SQLException {
    List<Object[]> all = new ArrayList<>(values);
    all.add(ids);
    return JdbcCall.named(differing, dialect.parameters(PREFIX, columns, all));
  }

  private List<RowDifference> differing(
      Connection connection, WindowRows rows, UnaryOperator<String> mask) throws SQLException {
    List<RowDifference> found = new ArrayList<>();
    try (PreparedStatement statement =
            call(rows.columnValues(), rows.rowIds()).prepare(connection);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        found.add(difference(row, mask));
      }
    }
    return found;
  }

  private RowDifference difference(ResultSet row, UnaryOperator<String> mask) throws SQLException {
    int keys = table.primaryKey().size();
    List<String> key = key(row, 3, keys);
    if (row.getInt(2) == 1) {
      return new RowDifference(Kind.MISSING, row.getLong(1), key, List.of());
    }
    List<RowDifference.Value> values = new ArrayList<>();
    int index = 3 + keys;
    for (String name : shownColumns()) {
      if (row.getInt(index) == 1) {
        values.add(ShownValues.of(name, row.getString(index + 1), row.getString(index + 2), mask));
      }
      index += 3;
    }
    return new RowDifference(Kind.DIFFERENT, row.getLong(1), key, values);
  }

  private List<String> shownColumns() {
    List<String> names = new ArrayList<>(compared.stream().map(Column::name).toList());
    if (table.metadataColumns()) {
      names.add(TableSettings.DELETED);
    }
    return names;
  }

  private static List<String> key(ResultSet row, int first, int count) throws SQLException {
    List<String> key = new ArrayList<>();
    for (int i : IntStream.range(first, first + count).toArray()) {
      key.add(String.valueOf(row.getString(i)));
    }
    return Collections.unmodifiableList(key);
  }

  private List<RowDifference> surplus(
      Connection connection, MissingRows missing, IdWindow range, WindowRows rows)
      throws SQLException {
    List<RowDifference> found = new ArrayList<>();
    JdbcCall call = JdbcCall.named(missing.missing(), missing.parameters(stream, range, rows));
    try (PreparedStatement statement = call.prepare(connection);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        found.add(
            new RowDifference(
                Kind.SURPLUS, row.getLong(1), key(row, 2, table.primaryKey().size()), List.of()));
      }
    }
    return found;
  }
}
