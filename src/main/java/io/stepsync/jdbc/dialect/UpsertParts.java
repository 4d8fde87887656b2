package io.stepsync.jdbc.dialect;

import static java.util.stream.Collectors.joining;

import io.stepsync.jdbc.Column;
import io.stepsync.jdbc.ColumnType;
import io.stepsync.jdbc.Dialect;
import io.stepsync.jdbc.InsertCall;
import io.stepsync.jdbc.JdbcCall;
import io.stepsync.jdbc.TableSettings;
import io.stepsync.jdbc.UpsertStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The parts of an upsert that are alike on every database, and the upserts that several have: a
 * dialect of one's own is put together of them too. A column is told by its index in {@link
 * TableSettings#columns}.
 *
 * <p>Immutable.
 */
public final class UpsertParts {

  private final Dialect dialect;
  private final TableSettings table;
  private final String alias;
  private final String old;

  /** Takes {@code t} for the alias of the row that is there. */
  public UpsertParts(Dialect dialect, TableSettings table) {
    this(dialect, table, "t");
  }

  /**
   * @param alias the alias, or the quoted name, of the row that is there
   */
  public UpsertParts(Dialect dialect, TableSettings table, String alias) {
    this.dialect = dialect;
    this.table = table;
    this.alias = alias;
    this.old = alias + ".";
  }

  /** Returns the text of {@code part} for 0 to {@code count} - 1, with commas between. */
  public static String each(int count, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(joining(", "));
  }

  /** Returns quoted names, with commas between. */
  public String quotedList(List<String> names) {
    return names.stream().map(dialect::quoted).collect(joining(", "));
  }

  /** Returns the derived table {@code s} with the window's rows. */
  public String rows() {
    return dialect.rows("s", table.columns(), "c");
  }

  /** Returns all columns, in parentheses. */
  public String columns() {
    return "(" + quotedList(table.allColumns().stream().map(Column::name).toList()) + ")";
  }

  /** Returns a row of {@code s}, for {@link #columns()}. */
  public String values() {
    return each(table.columns().size(), i -> "s.c" + i) + metadata();
  }

  private String metadata() {
    return table.metadataColumns() ? ", " + dialect.now() + ", FALSE" : "";
  }

  /**
   * Returns the statement that inserts one row.
   *
   * @param parameter the expression for the value of a column, with one question mark
   */
  String insertOfRow(IntFunction<String> parameter) {
    return insertInto() + " VALUES (" + each(table.columns().size(), parameter) + metadata() + ")";
  }

  /** Returns the statement that inserts the rows of {@code s}. */
  public String insert() {
    return insertInto() + " SELECT " + values() + " FROM " + rows();
  }

  /** Returns the beginning of an INSERT, which is to have {@link #values()}. */
  public String insertInto() {
    return "INSERT INTO " + dialect.quoted(table.table()) + " " + columns();
  }

  /** Returns the MERGE of the SQL standard. */
  public String merge() {
    IntFunction<String> fresh = i -> "s.c" + i;
    String change =
        hasChanges()
            ? " WHEN MATCHED AND " + isChange(fresh) + " THEN UPDATE SET " + assignments(fresh)
            : "";
    return "MERGE INTO %s AS %s USING %s ON %s%s WHEN NOT MATCHED THEN INSERT %s VALUES (%s)"
        .formatted(
            dialect.quoted(table.table()), alias, rows(), keyEquals(), change, columns(), values());
  }

  /**
   * Returns the INSERT … ON CONFLICT of PostgreSQL and those that follow it. Without a WHERE,
   * SQLite would take the ON for that of a join.
   */
  public String insertOnConflict() {
    IntFunction<String> fresh = i -> "excluded." + quotedName(i);
    return "INSERT INTO %s AS %s %s SELECT %s FROM %s WHERE TRUE ON CONFLICT (%s) DO %s"
        .formatted(
            dialect.quoted(table.table()),
            alias,
            columns(),
            values(),
            rows(),
            quotedList(table.primaryKey()),
            hasChanges()
                ? "UPDATE SET " + assignments(fresh) + " WHERE " + isChange(fresh)
                : "NOTHING");
  }

  /**
   * Returns the calls of an upsert from {@link #rows()}, and of a plain INSERT.
   *
   * @param upsert as {@link Dialect#upsert} has it, and counting in its update count or its rows
   */
  public UpsertStatement statement(String upsert) {
    return statement(upsert, Optional.empty());
  }

  /**
   * Returns the same, if a query tells how many rows the upsert left as they were.
   *
   * @param unchangedQuery as {@link UpsertStatement#unchangedQuery} has it
   */
  public UpsertStatement statement(String upsert, Optional<String> unchangedQuery) {
    String insert = insert();
    return new UpsertStatement() {
      @Override
      public JdbcCall writing(List<Object[]> columnValues) throws SQLException {
        return JdbcCall.named(upsert, dialect.parameters("c", table.columns(), columnValues));
      }

      @Override
      public Optional<InsertCall> inserting(List<Object[]> columnValues) throws SQLException {
        return Optional.of(
            InsertCall.of(
                JdbcCall.named(insert, dialect.parameters("c", table.columns(), columnValues))));
      }

      @Override
      public Optional<String> unchangedQuery() {
        return unchangedQuery;
      }
    };
  }

  /** Returns the condition that {@code s} is a copy of the row that is there. */
  public String keyEquals() {
    return table.primaryKey().stream()
        .map(table.columnNames()::indexOf)
        .map(i -> dialect.same(type(i), old + quotedName(i), "s.c" + i))
        .collect(joining(" AND "));
  }

  /** Tells whether a row that is there may have to be changed. */
  public boolean hasChanges() {
    return table.metadataColumns() || table.columns().size() > table.primaryKey().size();
  }

  /**
   * Returns the condition that the row which is there is to be changed: it differs, or was deleted,
   * and is not newer. A row that was deleted is no newer copy.
   *
   * @param fresh the new value of a column, by its index
   */
  public String isChange(IntFunction<String> fresh) {
    Stream<String> differs =
        valueIndexes().mapToObj(i -> dialect.differ(type(i), old + quotedName(i), fresh.apply(i)));
    return Stream.concat(differs, deleted()).collect(joining(" OR ", "(", ")"))
        + unlessOlder(fresh);
  }

  private Stream<String> deleted() {
    return table.metadataColumns()
        ? Stream.of(old + dialect.quoted(TableSettings.DELETED))
        : Stream.empty();
  }

  private String unlessOlder(IntFunction<String> fresh) {
    if (table.versionColumn() == null) {
      return "";
    }
    int version = table.columnNames().indexOf(table.versionColumn());
    String oldVersion = old + quotedName(version);
    return Stream.concat(
            deleted(),
            Stream.of(oldVersion + " IS NULL", fresh.apply(version) + " >= " + oldVersion))
        .collect(joining(" OR ", " AND (", ")"));
  }

  /** Returns the assignments of a change to the stream's columns; all but the key. */
  public Stream<String> valueAssignments(IntFunction<String> fresh) {
    return valueIndexes().mapToObj(i -> quotedName(i) + " = " + fresh.apply(i));
  }

  /** Returns the assignments of a change, those of the metadata included; all but the key. */
  public String assignments(IntFunction<String> fresh) {
    Stream<String> metadata =
        table.metadataColumns()
            ? Stream.of(
                dialect.quoted(TableSettings.SYNCED_AT) + " = " + dialect.now(),
                dialect.quoted(TableSettings.DELETED) + " = FALSE")
            : Stream.empty();
    return Stream.concat(valueAssignments(fresh), metadata).collect(joining(", "));
  }

  /** Returns the indexes of the columns that are not of the key. */
  public IntStream valueIndexes() {
    return IntStream.range(0, table.columns().size())
        .filter(i -> !table.primaryKey().contains(table.columnNames().get(i)));
  }

  private ColumnType type(int index) {
    return table.columns().get(index).type();
  }

  /** Returns the quoted name of a column. */
  public String quotedName(int index) {
    return dialect.quoted(table.columnNames().get(index));
  }
}
