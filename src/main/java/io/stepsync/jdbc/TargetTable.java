package io.stepsync.jdbc;

import io.stepsync.jdbc.FittedStatement.Fit;
import io.stepsync.jdbc.TableSettings.SchemaMode;
import io.stepsync.jdbc.table.FoundColumn;
import io.stepsync.jdbc.table.FoundTable;
import io.stepsync.jdbc.table.FoundTable.FoundIndex;
import io.stepsync.jdbc.table.TableFault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A stream's table in the database: makes it, adds columns to it or makes them wider, or refuses
 * one that does not fit.
 *
 * <p>Not thread-safe.
 */
public final class TargetTable {

  private final Connection connection;
  private final Dialect dialect;
  private final TableSettings settings;
  private final FoundTable found;

  /** Works on the table that {@code settings} describe, as {@code connection} finds it. */
  public TargetTable(Connection connection, TableSettings settings) throws SQLException {
    this.connection = connection;
    this.dialect = Dialects.of(connection);
    this.settings = settings;
    this.found = new FoundTable(connection, settings.table());
  }

  /**
   * Brings the table to what the stream needs, as far as {@code schema} allows.
   *
   * @throws TableFault if the table is missing, lacks a column or its key, or has a column that
   *     does not keep the stream's values; or if the user may not change that
   */
  public void prepare() throws SQLException {
    for (String sql : changes()) {
      try {
        execute(sql);
      } catch (SQLException e) {
        if (SqlFault.isForbidden(e)) {
          throw forbidden(sql, e);
        }
        throw e;
      }
    }
  }

  private TableFault forbidden(String sql, SQLException reason) {
    TableFault fault =
        fault(
            "may not be made or altered by the database's user (" + reason.getMessage() + ")",
            "grant it that, or have one who may do this: " + sql);
    fault.initCause(reason);
    return fault;
  }

  /**
   * Returns the statements by which {@link #prepare} would bring the table to what the stream
   * needs; none where it is so already.
   *
   * @throws TableFault as {@link #prepare} does
   */
  public List<String> changes() throws SQLException {
    dialect.requireExact(connection);
    Map<String, FoundColumn> existing = columns();
    if (existing.isEmpty()) {
      requireSchema();
      refuseUnless(
          settings.schema() != SchemaMode.VALIDATE,
          "is missing",
          "make it, or set the stream's table or schema");
      return List.of(dialect.createTable(settings));
    }
    List<String> changes = new ArrayList<>();
    for (Column column : settings.allColumns()) {
      FoundColumn there = existing.remove(dialect.columnName(column.name()));
      if (there == null) {
        changes.add(adding(column));
      } else {
        new ColumnFit(dialect, settings, column, there).widening().ifPresent(changes::add);
      }
    }
    for (FoundColumn other : existing.values()) {
      refuseUnless(
          other.optional(),
          "column " + other.name() + " must have a value, and the stream has no such column",
          "give it a default, or have it take null");
    }
    requireKey();
    return changes;
  }

  private void requireSchema() throws SQLException {
    refuseUnless(
        settings.table().schema() == null || found.hasSchema(),
        "is in the schema " + settings.table().schema() + ", which is missing",
        "make the schema, or set the stream's table; a name with a dot is written in double quotes");
  }

  /** Returns the columns that the table has, by what the database takes for a name. */
  private Map<String, FoundColumn> columns() throws SQLException {
    Map<String, FoundColumn> columns = new LinkedHashMap<>();
    for (FoundColumn column : found.columns(dialect.columnTraits())) {
      columns.put(dialect.columnName(column.name()), column);
    }
    return columns;
  }

  private void requireKey() throws SQLException {
    Set<String> key = names(settings.primaryKey());
    List<FoundIndex> onKey =
        found.uniqueIndexes(dialect.uniqueIndexes()).stream()
            .filter(index -> names(index.columns()).equals(key))
            .toList();
    if (onKey.stream().noneMatch(index -> index.problem() == null)) {
      boolean view = found.kind().filter(kind -> kind.contains("VIEW")).isPresent();
      String unusable =
          onKey.stream()
              .map(index -> ", its index " + index.name() + " " + index.problem())
              .collect(Collectors.joining());
      throw fault(
          (view ? "is a view, and " : "")
              + "must have the primary key or a unique index "
              + settings.primaryKey()
              + unusable,
          view
              ? "name the table that it shows"
              : "CREATE UNIQUE INDEX on these columns alone, of all rows, not deferrable");
    }
  }

  private Set<String> names(List<String> columns) {
    return columns.stream().map(dialect::columnName).collect(Collectors.toSet());
  }

  /**
   * Returns what people should know of a table that fits, a line each: what else decides about what
   * is written.
   */
  public List<String> notes() throws SQLException {
    List<String> notes = new ArrayList<>();
    for (String trigger : found.triggersBefore(dialect.triggersBefore())) {
      notes.add(
          "trigger %s may change rows, which each refresh then writes again".formatted(trigger));
    }
    Set<String> key = names(settings.primaryKey());
    for (FoundIndex index : found.uniqueIndexes(dialect.uniqueIndexes())) {
      if (!names(index.columns()).equals(key)) {
        notes.add(
            "unique index %s: a record that meets another row's %s becomes a dead letter"
                .formatted(index.name(), index.columns()));
      }
    }
    return notes;
  }

  /**
   * Tells whether the user may do what {@link #changes} says. Where the database can roll a change
   * back it is tried, on a connection that is not in a transaction; elsewhere the user's privileges
   * are read, and a role is believed to have them. Nothing is changed.
   *
   * @throws SQLException as the database would for a change that it refuses
   */
  public boolean mayChange() throws SQLException {
    if (dialect.privilegesQuery().isEmpty()) {
      tryChanges();
      return true;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(dialect.privilegesQuery().get())) {
      statement.setString(1, found.schema());
      try (ResultSet privileges = statement.executeQuery()) {
        privileges.next();
        return privileges.getLong(1) > 0;
      }
    }
  }

  /** Returns how many rows the table has. */
  public long rows() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery("SELECT COUNT(*) FROM " + dialect.quoted(settings.table()))) {
      count.next();
      return count.getLong(1);
    }
  }

  /** Tells whether the table is there. */
  public boolean exists() throws SQLException {
    return !found.columns(Optional.empty()).isEmpty();
  }

  private void tryChanges() throws SQLException {
    connection.setAutoCommit(false);
    try {
      for (String sql : changes()) {
        execute(sql);
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** Returns the statement that writes a window's rows to the table, which must be there. */
  public UpsertStatement upsertStatement() throws SQLException {
    Map<String, FoundColumn> existing = columns();
    List<Optional<Fit>> fits = new ArrayList<>();
    for (Column column : settings.columns()) {
      FoundColumn there = existing.get(dialect.columnName(column.name()));
      fits.add(
          there == null ? Optional.empty() : new ColumnFit(dialect, settings, column, there).fit());
    }
    return FittedStatement.of(dialect.upsert(settings), fits);
  }

  /** Returns the statements on the rows that a whole answer lacks. */
  public MissingRows missingRows(Column idColumn, boolean soft) {
    return new MissingRows(dialect, settings, idColumn, soft);
  }

  private String adding(Column column) {
    refuseUnless(
        settings.schema() == SchemaMode.EVOLVE,
        "lacks the column " + column.name(),
        "add it, which schema: evolve does");
    return "ALTER TABLE "
        + dialect.quoted(settings.table())
        + " ADD COLUMN "
        + dialect.quoted(column.name())
        + " "
        + dialect.typeName(column, settings);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void refuseUnless(boolean fits, String problem, String advice) {
    if (!fits) {
      throw fault(problem, advice);
    }
  }

  private TableFault fault(String problem, String advice) {
    return new TableFault("table " + settings.table() + " " + problem, advice);
  }
}
